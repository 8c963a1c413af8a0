/** The adapter, guarded as in the house, against the mock ERP: household, bank and building. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  keyOfBuilding,
  keyOfBuildingRequest,
  keyOfContract,
  keyOfOccupant,
} from "../../../mocks/beauceron/keys.ts";
import { leak } from "../../../mocks/beauceron/residence.ts";
import { startBeauceron } from "../../../mocks/beauceron/start.ts";
import type { MockErp } from "../../../mocks/kit/product.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import { connectLandlord } from "../../load.ts";
import { bankAccounts, directDebits } from "../../ports/billing.ts";
import { buildings, occupants } from "../../ports/contract.ts";
import type { Call, Ports } from "../../ports/port.ts";
import { residenceRequests } from "../../ports/requests.ts";
import adapter from "./index.ts";
import { settings } from "./replay.ts";

const world = createWorld({ landlord: "chartres", seed: 7, today: "2026-11-20" });
const call: Call = { signal: new AbortController().signal, requestId: "integration" };
const erpOf = { product: "beauceron", concurrency: 10, deadlineMs: 20_000 };

let erp: MockErp;
let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  erp = await startBeauceron({ world });
  const own = { ...settings, baseUrl: erp.url, clientSecret: "beauceron-demo" };
  const options = { log: () => {}, now: () => new Date() };
  const landlord = { id: "chartres", erp: erpOf };
  const parsed = adapter.settings.parse(own);
  ({ ports, close } = await connectLandlord(adapter, landlord, parsed, options));
});
afterAll(async () => {
  await close();
  await erp.close();
});

describe.each(Object.values(oddities))("%s", (oddity) => {
  const signed = contractsOf(world, personWith(world, oddity));

  test("the household, the bank and the mandate", async () => {
    const keys = signed.map(keyOfContract);
    const households = await ports.use(occupants).ofContracts(keys, call);
    expect(households).toEqual(
      signed.map((contract) =>
        contract.occupants.map(({ number, ...occupant }) => ({
          ...occupant,
          key: keyOfOccupant(contract.number, number),
          contractKey: keyOfContract(contract),
        })),
      ),
    );
    const details = await ports.use(bankAccounts).ofContracts(keys, call);
    expect(details).toEqual(signed.map(({ bank }) => bank));
    const mandates = await ports.use(directDebits).ofContracts(keys, call);
    expect(mandates).toEqual(signed.map(({ directDebit }) => directDebit));
  });

  test("the building, and what is open in it", async () => {
    for (const contract of signed) await compareBuilding(contract);
  });
});

test("every mandate and every household of a hundred contracts, whatever page they stand on", async () => {
  const contracts = world.contracts.slice(0, 100);
  const keys = contracts.map(keyOfContract);
  const mandates = await ports.use(directDebits).ofContracts(keys, call);
  expect(mandates).toEqual(contracts.map(({ directDebit }) => directDebit));
  const households = await ports.use(occupants).ofContracts(keys, call);
  expect(households.map((people) => people.length)).toEqual(
    contracts.map((contract) => contract.occupants.length),
  );
});

test("a busy building shows no more of whoever told of things than a quiet one", async () => {
  const busy = world.buildings.find(({ requests }) => requests.length > 2)!;
  await compareBuilding(world.contracts.find(({ building }) => building === busy.number)!);
});

async function compareBuilding(contract: WorldContract): Promise<void> {
  const contractKey = keyOfContract(contract);
  const building = world.buildings.find(({ number }) => number === contract.building)!;
  const { number, requests, address, ...known } = building;
  const found = await ports.use(buildings).ofContracts([contractKey], call);
  const expected = { ...known, key: keyOfBuilding(number), address: { ...address, country: "FR" } };
  expect(found).toEqual([expected]);
  const page = { contractKey, first: 50, after: null };
  const [{ items: open } = { items: [] }] = await ports
    .use(residenceRequests)
    .ofContracts([page], call);
  expect(open.map((one) => ({ ...one, createdAt: Date.parse(one.createdAt) }))).toEqual(
    requests.map(({ category, place, reason, ...request }) => ({
      key: keyOfBuildingRequest(number, request.number),
      category,
      place,
      reason,
      status: request.updates.at(-1)!.status,
      createdAt: Date.parse(request.createdAt),
    })),
  );
  for (const word of Object.values(leak)) expect(JSON.stringify(open)).not.toContain(word);
}
