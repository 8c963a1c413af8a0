/** A few of the attacks, on a gateway in this process, and on a server that bears none of them. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Running } from "../../gateway/run.ts";
import { startGateway, stopGateway } from "../../gateway/limits/testing/gateway.ts";
import { assail, attacks } from "./assail.ts";
import { told, type Target, type Way } from "./attack.ts";

const landlord = "chartres";
const known = { landlord, token: null, neighbours: null, download: null };
const soon = attacks.filter((attack) => attack.soon);

let gateway: Running;
let naive: Server;
beforeAll(async () => {
  gateway = await startGateway();
  // Everything is fine to it, and for everybody.
  naive = createServer((request, answer) => {
    request.resume().on("end", () => {
      answer.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
      answer.end('{"data":{}}');
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => naive.once("listening", resolve));
});
afterAll(async () => {
  naive.close();
  naive.closeAllConnections();
  await stopGateway(gateway);
});

const faultsAt = async (url: string, way: Way, attack: (typeof soon)[number]) => {
  const line = await assail({ ...attack, run: untimed(attack) }, { ...known, url, way }, null);
  return line!.faults;
};
/** Both ends share this process: only what is answered is judged, not when. */
const untimed = (attack: (typeof soon)[number]) => async (target: Target) => {
  const seen = await attack.run(target);
  return seen && { ...seen, late: [] };
};

describe("a gateway", () => {
  test.each(soon)("D-01 C-05 stands $name", async (attack) => {
    expect(await faultsAt(gateway.url, "open", attack)).toEqual([]);
  });
});

describe("a server without limits", () => {
  test.each(soon.filter(({ name }) => !/no HTTP|headers|promise|links|without waiting/.test(name)))(
    "fails at $name",
    async (attack) => {
      const { port } = naive.address() as AddressInfo;
      expect(await faultsAt(`http://127.0.0.1:${port}`, "given", attack)).not.toEqual([]);
    },
  );
});

test.each([
  ["a stack", "Error: no\n    at f (file:///app/a.ts:1:2)"],
  ["a path", "cannot read /app/store/accounts.ts"],
  ["a suggestion", 'Did you mean "id"?'],
])("D-01 an answer with %s tells too much", (_what, text) => {
  const answer = { status: 400, code: "INVALID_INPUT", ms: 1, text, headers: {} };
  expect(told(answer)).toHaveLength(1);
  expect(told({ ...answer, text: "The request cannot be read." })).toEqual([]);
  expect(told({ ...answer, text: "", headers: { "x-powered-by": "somebody" } })).toHaveLength(1);
});
