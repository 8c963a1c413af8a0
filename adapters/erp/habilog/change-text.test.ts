/** Text that people give, all the way into Habilog and back. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOfContract } from "../../../mocks/habilog/keys.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { billingAddressChanges } from "../../ports/contract-changes.ts";
import { billingAddresses } from "../../ports/contract.ts";
import { Text } from "../../ports/values.ts";
import { inLatin1 } from "./latin1.ts";
import { call, change, startHouse, usualContract, type House } from "./testing/house.ts";
import { address } from "./testing/values.ts";

let house: House;
let contract: WorldContract;
beforeAll(async () => {
  house = await startHouse({ workMs: 0 });
  contract = usualContract(house);
});
afterAll(() => house.close());

const hostile = fc.constantFrom(
  "]]><a/>",
  "&x;",
  "&amp;",
  "<![CDATA[",
  "<!--",
  "</Destinataire>",
  "'\"",
  "\\n",
  "  ",
  "é",
  "ÿ",
  "œ",
  "’",
  "🙂",
  "\u0000",
  "\n",
  "\uFFFE",
  "L'Haÿ",
);
const text = fc
  .oneof(
    fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join("")),
    fc.string({ unit: "grapheme", maxLength: 60 }),
  )
  .filter((each) => Text.max(80).safeParse(each).success)
  .map((each) => each.trim());

describe("Any text", () => {
  it("arrives as it is written in ISO-8859-1, or is rejected as invalid", async () => {
    const keys = [keyOfContract(contract)];
    const changes = house.ports.use(billingAddressChanges);
    await fc.assert(
      fc.asyncProperty(text, async (recipient) => {
        const asked = change(contract, { recipient, address });
        const outcome = await changes.submit(asked, call);
        const written = inLatin1(recipient);
        if (written === null || written.length > 100) {
          expect(outcome).toEqual({ state: "REJECTED", reason: "INVALID" });
          return;
        }
        expect(outcome.state).toBe("PENDING");
        await house.night();
        const [write] = await house.applied(asked.operationId);
        expect(write!.content).toMatchObject({ recipient: written });
        const [read] = await house.ports.use(billingAddresses).ofContracts(keys, call);
        expect(read!.recipient).toBe(written);
      }),
      { numRuns: 120 },
    );
  });
});
