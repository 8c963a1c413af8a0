/** What becomes of a change when the ERP fails in the middle of it. */
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import type { Port } from "../../ports/port.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { asking, bank, call, change, now, paying, world } from "./testing/changes.ts";
import { settle } from "../../transport/fixtures/settle.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now, deadlockEvery: 0 });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

afterEach(() => house.door("/faults", "DELETE"));

let holders = 0;
const writes: [string, string, ChangePort<never>, () => Submission<never>][] = [
  [
    "modifierRib",
    "COMPARE",
    bankAccountChanges as never,
    () => change({ ...bank, holder: `Léa ${++holders}` }) as never,
  ],
  ["encaisser", "KEY", cardPayments as never, () => paying() as never],
  ["demanderIntervention", "KEY", serviceRequestCreations as never, () => asking() as never],
];
const kinds = [
  ["cut-after", "APPLIED"],
  ["cut-middle", "APPLIED"],
  ["empty", "APPLIED"],
  ["garbage", "APPLIED"],
  ["cut-before", "ABSENT"],
  ["html", "ABSENT"],
  ["html-202", "ABSENT"],
  ["closed", "ABSENT"],
] as const;
const cases = writes.flatMap((write) => kinds.map((kind) => [...kind, ...write] as const));

describe("when a change goes wrong", () => {
  test.each(cases)(
    "by %s, it is found %s after %s (%s), and applied once",
    async (kind, state, operation, repeat, port, make) => {
      const asked = make();
      expect(use(port).repeat).toBe(repeat);
      await house.door("/faults", "PUT", { kind, operation, times: 1 });
      const submitted = use(port).submit(asked, call);
      await expect(submitted).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN", notApplied: false });
      expect(await use(port).lookUp(asked, call)).toMatchObject({ state });
      if (state === "ABSENT" || repeat === "KEY") await use(port).submit(asked, call);
      expect(await use(port).lookUp(asked, call)).toMatchObject({ state: "APPLIED" });
      expect(await house.applied(asked.operationId)).toHaveLength(1);
    },
  );

  test.each(writes)(
    "by no answer to %s within the deadline, nobody knows",
    async (operation, _, port, make) => {
      const hasty = await house.connect("syndeo-demo", 300);
      await house.door("/faults", "PUT", { kind: "hang", operation, times: 1 });
      const asked = make();
      const submitted = hasty.ports.use(port).submit(asked, call);
      await expect(submitted).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
      expect(await use(port).lookUp(asked, call)).toEqual({ state: "ABSENT" });
      await hasty.close();
    },
  );

  test.each(writes)(
    "by a deadlock, %s is sent once more, and then was certainly not applied",
    async (operation, _, port, make) => {
      await house.door("/faults", "PUT", { kind: "fault", operation, times: 1 });
      expect(await use(port).submit(make(), call)).toMatchObject({ state: "APPLIED" });
      await house.door("/faults", "PUT", { kind: "fault", operation, times: 2 });
      const asked = make();
      const certain = { code: "UNAVAILABLE", notApplied: true };
      await expect(use(port).submit(asked, call)).rejects.toMatchObject(certain);
      expect(await use(port).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    },
  );

  test.each(writes)(
    "because its session is lost, %s is sent again with a new ticket",
    async (_o, _r, port, make) => {
      const asked = make();
      await use(port).lookUp(asked, call);
      await house.door("/lose-sessions", "POST");
      expect(await use(port).submit(asked, call)).toMatchObject({ state: "APPLIED" });
      expect(await house.applied(asked.operationId)).toHaveLength(1);
    },
  );

  test.each(writes)(
    "before %s, by a wrong password, a closed port or whose contract it is, it was certainly not applied",
    async (_o, _r, port, make) => {
      const certain = { notApplied: true };
      const stranger = await house.connect("faux", 5000);
      await expect(stranger.ports.use(port).submit(make(), call)).rejects.toMatchObject(certain);
      await stranger.close();
      await house.door("/faults", "PUT", { kind: "html", operation: "contrat", times: 1 });
      await expect(use(port).submit(make(), call)).rejects.toMatchObject(certain);
      await house.door("/faults", "PUT", { kind: "refuse" });
      await expect(use(port).submit(make(), call)).rejects.toMatchObject(certain);
    },
  );

  test("in any way and any number of times, what was asked is applied, and once", async () => {
    const faults = fc.array(
      fc.record({
        kind: fc.constantFrom(
          "cut-after",
          "cut-before",
          "cut-middle",
          "empty",
          "html",
          "closed",
          "fault",
        ),
        operation: fc.constantFrom(
          "modifierRib",
          "rib",
          "encaisser",
          "reglements",
          "demanderIntervention",
          "interventions",
          "deposer",
          "contrat",
        ),
        times: fc.constant(1),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writes), faults, async ([, , port, make], list) => {
        await house.door("/faults", "PUT", list);
        const asked = make();
        expect(await settle(use(port), asked, call)).toMatchObject({ state: "APPLIED" });
        expect(await house.applied(asked.operationId)).toHaveLength(1);
      }),
      { numRuns: 25 },
    );
  });
});
