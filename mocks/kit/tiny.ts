import { keepWrites } from "./writes.ts";
import { createWorld } from "../world/world.ts";
import type { MockProduct } from "./product.ts";

/** A product small enough to see through, for the kit's own tests. */
export interface Tiny {
  product: MockProduct;
  applied: string[];
  happened: string[];
}

/** An ERP whose only operation answers JSON and remembers that it was applied. */
export function tinyProduct(): Tiny {
  const applied: string[] = [];
  const happened: string[] = [];
  const json = { "content-type": "application/json" };
  const product: MockProduct = {
    product: "tiny",
    landlord: "la-rochelle",
    writes: keepWrites(),
    world: createWorld({
      landlord: "la-rochelle",
      seed: 1,
      today: "2026-11-20",
      people: 30,
      contracts: 30,
    }),
    operationOf: ({ path }) => path.slice(1),
    answer: async ({ path, body }) => {
      applied.push(path.slice(1));
      if (path === "/broken") throw new Error("no such thing");
      return { status: 200, headers: json, body: JSON.stringify({ sent: body.toString() }) };
    },
    fault: () => ({ status: 500, headers: json, body: '{"fault":true}' }),
    closed: () => ({ status: 503, headers: { "content-type": "text/html" }, body: "fermé" }),
    keyOfPerson: ({ number }) => `P${number}`,
    keyOfContract: ({ number }) => `L/${number}`,
    referencesOf: ({ number }) => ({ reference: String(1000 + number) }),
    loseSessions: () => void happened.push("sessions lost"),
    restart: () => void happened.push("restarted"),
  };
  return { product, applied, happened };
}
