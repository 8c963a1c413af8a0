import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { createClient } from "@redis/client";
import type { RequestContext, Viewer } from "../../subgraphs/kernel/context.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { connectRedis, type Redis } from "../redis.ts";
import { createRates, type Rates } from "./rates.ts";

const opened: Redis[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.destroy();
});

interface Asked {
  readonly perMinute: number;
  /** An address. */
  readonly redis: string | null;
  readonly onTurn?: (connected: boolean) => void;
}
function rates({ perMinute, redis, onTurn = () => {} }: Asked): Rates {
  if (redis === null) return createRates({ perMinute, redis });
  const client = connectRedis(redis, onTurn);
  opened.push(client);
  return createRates({ perMinute, redis: client });
}

const request = (landlord: string, accountId: string | null, clientAddress = "192.0.2.1") =>
  ({
    landlord: { id: landlord } as Landlord,
    viewer: accountId === null ? null : ({ accountId } as Viewer),
    clientAddress,
  }) satisfies Pick<RequestContext, "landlord" | "viewer" | "clientAddress">;

/** How many are let through of so many. */
async function passed(times: number, ask: () => Promise<number | null>): Promise<number> {
  let count = 0;
  for (let i = 0; i < times; i += 1) if ((await ask()) === null) count += 1;
  return count;
}

describe("requests within a minute", () => {
  test("of one address are as many as it may have, and another's are not less for it", async () => {
    const { ofAddress } = rates({ perMinute: 20, redis: null });
    expect(await passed(40, () => ofAddress("192.0.2.1"))).toBe(20);
    expect(await ofAddress("192.0.2.1")).toBeGreaterThan(0);
    expect(await ofAddress("192.0.2.1")).toBeLessThanOrEqual(60);
    expect(await ofAddress("192.0.2.2")).toBe(null);
  });

  test("of one person are half of that, wherever they come from, and count by what they cost", async () => {
    const { ofRequest } = rates({ perMinute: 20, redis: null });
    let address = 0;
    const ask = () => ofRequest(request("a", "1", `192.0.2.${(address += 1)}`), 2);
    expect(await passed(20, ask)).toBe(5);
    expect(await ofRequest(request("a", "2"), 1)).toBe(null);
    expect(await ofRequest(request("b", "1"), 1)).toBe(null);
  });

  test("of whoever looks at a person's space are theirs, and none of the person's", async () => {
    const { ofRequest } = rates({ perMinute: 20, redis: null });
    const view = request("a", "1");
    const support = { staffId: "s" } as Viewer["support"];
    const looking = { ...view, viewer: { ...view.viewer!, support } as Viewer };
    expect(await passed(20, () => ofRequest(looking, 1))).toBe(10);
    expect(await ofRequest(request("a", "1"), 1)).toBe(null);
    expect(await ofRequest(request("a", "s"), 1)).toBeGreaterThan(0);
  });

  test("of who is not signed in count for their address, by what they cost", async () => {
    const { ofAddress, ofRequest } = rates({ perMinute: 20, redis: null });
    await ofRequest(request("a", null), 20);
    expect(await ofAddress("192.0.2.1")).toBe(null);
    expect(await ofAddress("192.0.2.1")).toBeGreaterThan(0);
  });

  test("of a landlord as a whole leave those of another alone", async () => {
    const { ofRequest } = rates({ perMinute: 2, redis: null });
    let account = 0;
    const ask = () => ofRequest(request("a", String((account += 1))), 1);
    expect(await passed(150, ask)).toBe(100);
    expect(await ofRequest(request("b", "1"), 1)).toBe(null);
  });
});

describe("J-07 with a Redis", () => {
  /** Each is told twice at most: it went, it is back. */
  const silent = async (): Promise<{ server: Server; url: string }> => {
    const server = createServer((socket) => void socket.on("error", () => {})).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    return { server, url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  test("that refuses connections each process counts for itself", async () => {
    const told: boolean[] = [];
    const { ofAddress } = rates({
      perMinute: 5,
      redis: "redis://127.0.0.1:1",
      onTurn: (connected) => told.push(connected),
    });
    expect(await passed(10, () => ofAddress("192.0.2.1"))).toBe(5);
    await expect.poll(() => told).toEqual([false]);
  });

  test("that never answers nobody waits for it, and nobody asks more", async () => {
    const { server, url } = await silent();
    try {
      const { ofAddress } = rates({ perMinute: 3, redis: url });
      expect(await passed(6, () => ofAddress("192.0.2.1"))).toBe(3);
    } finally {
      server.close();
    }
  });

  const redis = "redis://127.0.0.1:6379";
  const isThere = async () => {
    const client = createClient({ url: redis, socket: { reconnectStrategy: false } });
    client.on("error", () => {});
    return client.connect().then(
      (connected) => (connected.destroy(), true),
      () => false,
    );
  };

  test("that is there processes count together", async ({ skip }) => {
    if (!(await isThere())) {
      if (process.env["CI"]) throw new Error(`No Redis answers at ${redis}.`);
      skip();
    }
    const [one, other] = [rates({ perMinute: 10, redis }), rates({ perMinute: 10, redis })];
    const mine = `test-${randomBytes(6).toString("hex")}`;
    // Until both are connected each counts for itself.
    await expect
      .poll(async () => {
        await one.ofAddress(`${mine}-probe`);
        return other.ofAddress(`${mine}-probe`);
      })
      .toBeGreaterThan(0);
    const both = [one, other, one, other, one, other].map((each) => () => each.ofAddress(mine));
    const letThrough = await Promise.all(both.map((ask) => passed(5, ask)));
    expect(letThrough.reduce((sum, count) => sum + count, 0)).toBe(10);
  });
});
