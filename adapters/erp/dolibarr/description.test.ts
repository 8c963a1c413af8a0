import { afterAll, beforeAll, expect, test } from "vitest";
import { startDolibarr } from "../../../mocks/dolibarr/start.ts";
import type { MockErp } from "../../../mocks/kit/product.ts";
import { checkDrift } from "../../drift/check.ts";
import type { Io } from "../../ports/adapter.ts";
import adapter from "./index.ts";
import { settingsFor } from "./testing/house.ts";

let erp: MockErp;
beforeAll(async () => {
  erp = await startDolibarr({});
});
afterAll(() => erp?.close());

const io: Io = {
  landlord: "rochefort",
  limit: (_signal, job) => job(),
  log: () => {},
  now: () => new Date(),
};

/** What is different after some text of the ERP's description was replaced. */
async function driftAfter(from: string, to: string) {
  const body = JSON.stringify([{ from, to }]);
  await fetch(`${erp.doorUrl}/description`, { method: "PUT", body });
  const settings = adapter.settings.parse(settingsFor(erp.url));
  return (await checkDrift(adapter, settings, io, AbortSignal.timeout(10_000))).drift;
}

test("operations that the adapter's part of the description has not are no difference", async () => {
  const same = { comparable: true, differences: [], further: 0 };
  const first = '"/thirdparties": {';
  expect(await driftAfter(first, `"/zapier": { "get": { "responses": {} } }, ${first}`)).toEqual(
    same,
  );
});

test("an operation of the part that is gone is one", async () => {
  expect(await driftAfter('"/invoices/{id}/payments"', '"/invoices/{id}/paid"')).toMatchObject({
    differences: [
      { operation: "GET /invoices/{id}/payments", change: "is gone", severity: "BREAKING" },
    ],
  });
});
