import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createClient } from "@redis/client";
import { afterEach, describe, expect, it, test } from "vitest";
import { connectRedis } from "../../gateway/redis.ts";
import { createCipher } from "../../store/cipher.ts";
import { balances, type Balance } from "../ports/billing.ts";
import { buildings } from "../ports/contract.ts";
import { PortError } from "../ports/errors.ts";
import { serve, type Call, type Ports } from "../ports/port.ts";
import { createCache } from "./cache.ts";
import { guard } from "./guard.ts";
import { createRedisShelf } from "./redis-shelf.ts";
import { createMemoryShelf, type Shelf } from "./shelf.ts";

/** A database of its own, so that emptying it takes nothing from anybody. */
const url = process.env["TROUSSEAU_TEST_REDIS"] ?? "redis://127.0.0.1:6379/9";

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
function keep<T extends { close(): Promise<unknown> }>(one: T): T {
  opened.push(one);
  return one;
}

const named = (id: string, owner: string | null = null) => ({ id, owner });

const logged: string[] = [];
const redisShelf = (at: string, secret: Uint8Array = randomBytes(32)): Shelf => {
  const client = connectRedis(at, () => {});
  keep({ close: async () => client.destroy() });
  return createRedisShelf({
    client,
    codec: createCipher(secret),
    log: (_level, message, details) => logged.push(`${message} ${JSON.stringify(details)}`),
  });
};

async function whyNoRedis(): Promise<string | null> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 1_000 } });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.ping();
    client.destroy();
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? "no answer";
  }
}
const noRedis = await whyNoRedis();

const call = (account: string): Call => ({
  signal: new AbortController().signal,
  requestId: "r",
  reader: { account, keptWillDo: true },
});

/** An ERP whose answers carry its own mark, and which fails every other time. */
function landlordWith(landlord: string, shelf: Shelf, failing = { every: 2 }): Ports {
  let asked = 0;
  const canary = (key: unknown) => `CANARY-${landlord}-${String(key)}`;
  const orFail =
    <A>(answer: (key: unknown) => A) =>
    async (keys: readonly unknown[]): Promise<A[]> => {
      asked += 1;
      if (asked % failing.every === 0) throw new PortError("UNAVAILABLE", "as told");
      return keys.map(answer);
    };
  const balance = (key: unknown): Balance => ({
    owed: { amount: `${landlord.length}.${String(key).length}0`, currency: "EUR" },
    late: false,
    asOf: "2026-11-19T20:00:00+01:00",
  });
  const building = (key: unknown) => ({
    key: "B",
    name: canary(key),
    address: { lines: [canary(key)], postalCode: "17000", city: "X", country: "FR" },
    builtIn: null,
    units: null,
    notes: [],
  });
  return guard(
    [
      serve(balances, { ofContracts: orFail(balance) }),
      serve(buildings, { ofContracts: orFail(building) }),
    ],
    {
      landlord,
      deadlineMs: 2_000,
      log: () => {},
      cache: createCache({ landlord, shelf, rules: {}, now: () => new Date() }),
    },
  );
}

/** Equal keys and equal accounts at both landlords, asked in turn and at the same time. */
async function interleave(shelf: Shelf): Promise<number> {
  const names = ["aa", "bbbb"];
  const houses = names.map((name) => landlordWith(name, shelf));
  const one = async (index: number): Promise<boolean> => {
    const name = names[index % 2]!;
    const other = names[(index + 1) % 2]!;
    const key = `C${index % 7}`;
    const own = call(`account-${index % 5}`);
    const ports = houses[index % 2]!;
    const [building, balance] = await Promise.allSettled([
      ports.use(buildings).ofContracts([key], own),
      ports.use(balances).ofContracts([key], own),
    ]);
    const text = JSON.stringify([building, balance]);
    expect(text).not.toContain(`CANARY-${other}-`);
    if (building.status === "fulfilled") expect(text).toContain(`CANARY-${name}-${key}`);
    if (balance.status === "fulfilled") {
      expect(balance.value[0]!.owed.amount).toBe(`${name.length}.${key.length}0`);
    }
    return building.status === "fulfilled";
  };
  let served = 0;
  for (let start = 0; start < 1_000; start += 50) {
    const wave = Array.from({ length: 50 }, (_value, index) => one(start + index));
    served += (await Promise.all(wave)).filter(Boolean).length;
  }
  return served;
}

test("B-06 of 1,000 requests of two landlords with equal keys none gets the other's, with answers kept in memory", async () => {
  expect(await interleave(createMemoryShelf())).toBeGreaterThan(600);
});

describe.skipIf(noRedis !== null && !process.env["CI"])("with Redis", () => {
  it("can be reached", () => expect(noRedis).toBeNull());

  const ready = async (shelf: Shelf) => {
    await expect
      .poll(async () => {
        shelf.set(named("ready"), "yes", 60_000);
        return (await shelf.get([named("ready")]))[0];
      })
      .toBe("yes");
    return shelf;
  };

  test("B-06 of 1,000 requests of two landlords with equal keys none gets the other's", async () => {
    expect(await interleave(await ready(redisShelf(url)))).toBeGreaterThan(600);
  });

  test("what lies there says neither of whom it is nor what", async () => {
    const shelf = await ready(redisShelf(url));
    const name = named('["here","contracts","L/2013949"]', "account of Canary");
    shelf.set(name, "Canary Martin", 60_000);
    const read = () => shelf.get([name]);
    await expect.poll(read).toEqual(["Canary Martin"]);
    const client = keep(await createClient({ url }).connect());
    const names = await client.keys("*");
    const texts = await Promise.all(names.map((name) => client.get(name)));
    expect(names.length).toBeGreaterThan(0);
    expect(JSON.stringify([names, texts])).not.toMatch(/Canary|2013949|contracts/);
  });

  test("what was moved to another name, or sealed with another secret, is not there", async () => {
    const secret = randomBytes(32);
    const shelf = await ready(redisShelf(url, secret));
    shelf.set(named("mine"), "Canary", 60_000);
    await expect.poll(() => shelf.get([named("mine")])).toEqual(["Canary"]);
    const client = keep(await createClient({ url }).connect());
    const nameOf = (id: string) => {
      const { fingerprint } = createCipher(secret);
      const parts = [fingerprint("whose kept answer", ""), fingerprint("kept answer", id)];
      return `trousseau-answers::${parts.join(".")}`;
    };
    await client.copy(nameOf("mine"), nameOf("yours"));
    expect(await shelf.get([named("mine"), named("yours")])).toEqual(["Canary", undefined]);
    const stranger = await ready(redisShelf(url));
    expect(await stranger.get([named("mine")])).toEqual([undefined]);
  });

  test("K-08 what was kept for an account is removed with it, and nothing else", async () => {
    const shelf = await ready(redisShelf(url));
    const [mine, yours] = [named("mine", "me"), named("yours", "you")];
    shelf.set(mine, "mine", 60_000);
    shelf.set(yours, "yours", 60_000);
    await expect.poll(() => shelf.get([mine, yours])).toEqual(["mine", "yours"]);
    await shelf.clear("me");
    expect(await shelf.get([mine, yours])).toEqual([undefined, "yours"]);
  });

  test("J-07 when it is emptied, or evicts, the ERP is asked, and kept answers are there again", async () => {
    const ports = landlordWith("here", await ready(redisShelf(url)), { every: 1_000 });
    await ports.use(buildings).ofContracts(["C"], call("A"));
    const client = keep(await createClient({ url }).connect());
    await client.flushDb();
    const [live] = await ports.use(buildings).ofContracts(["C"], call("A"));
    expect(live?.name).toBe("CANARY-here-C");
  });
});

describe("J-07 Redis that does not work is as none", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function serverThat(behaves: (socket: Socket) => void): Promise<string> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      behaves(socket);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    servers.push(server);
    keep({
      close: async () => {
        for (const socket of sockets) socket.destroy();
      },
    });
    return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test.each<[string, () => Promise<string>]>([
    ["refuses connections", async () => "redis://127.0.0.1:1"],
    ["takes connections and never answers", () => serverThat(() => {})],
    ["cuts each connection", () => serverThat((socket) => void socket.destroy())],
    ["answers nonsense", () => serverThat((socket) => void socket.write("HTTP/1.1 400 \r\n\r\n"))],
    [
      "answers the greeting, then nothing",
      () => {
        return serverThat((socket) => {
          let greeted = false;
          socket.on("data", () => {
            if (!greeted) socket.write("+OK\r\n+OK\r\n+OK\r\n");
            greeted = true;
          });
        });
      },
    ],
  ])("when it %s", async (_what, start) => {
    const shelf = redisShelf(await start());
    const ports = landlordWith("here", shelf, { every: 1_000 });
    const startedAt = performance.now();
    for (let i = 0; i < 20; i += 1) {
      const [answer] = await ports.use(buildings).ofContracts(["C"], call("A"));
      expect(answer?.name).toBe("CANARY-here-C");
    }
    // Far more than twenty waits of its patience would be no outage either.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(logged.join()).not.toMatch(/CANARY/);
  });
});
