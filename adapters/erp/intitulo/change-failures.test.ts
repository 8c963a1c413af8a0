/** What becomes of a change when the ERP fails in the middle of it. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cardPayments } from "../../ports/billing-changes.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import { personChanges, type PersonChange } from "../../ports/identity-changes.ts";
import type { Port } from "../../ports/port.ts";
import { call, change, paying, world } from "./testing/changes.ts";
import { settle } from "../../transport/fixtures/settle.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world });
});
afterAll(() => house.close());
afterEach(() => house.door("/faults", "DELETE"));

const use = <I>(port: Port<I>): I => house.ports.use(port);

describe("When a change goes wrong", () => {
  const writes: [string, string, ChangePort<never>, () => Submission<never>][] = [
    [
      "modifierTiers",
      "COMPARE",
      personChanges as never,
      () => change({ givenName: `P${randomUUID().slice(0, 8)}` }) as never,
    ],
    ["enregistrerReglement", "STORED_ID", cardPayments as never, () => paying() as never],
  ];
  const kinds = [
    ["cut-after", "APPLIED"],
    ["cut-middle", "APPLIED"],
    ["empty", "APPLIED"],
    ["garbage", "APPLIED"],
    ["cut-before", "ABSENT"],
    ["html", "ABSENT"],
    ["html-202", "ABSENT"],
    ["fault", "ABSENT"],
    ["closed", "ABSENT"],
  ] as const;
  const cases = writes.flatMap((write) => kinds.map((kind) => [...kind, ...write] as const));

  it.each(cases)(
    "by %s, it is found %s after %s (%s), and applied once",
    async (kind, state, operation, repeat, port, make) => {
      const asked = make();
      expect(use(port).repeat).toBe(repeat);
      await house.door("/faults", "PUT", { kind, operation, times: 1 });
      const submitted = use(port).submit(asked, call);
      await expect(submitted).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN", notApplied: false });
      expect(await use(port).lookUp(asked, call)).toMatchObject({ state });
      if (state === "ABSENT") await use(port).submit(asked, call);
      expect(await use(port).lookUp(asked, call)).toMatchObject({ state: "APPLIED" });
      expect(await house.applied(asked.operationId)).toHaveLength(1);
    },
  );

  it.each(writes)(
    "by no answer to %s within the deadline, nobody knows",
    async (operation, _, port, make) => {
      const hasty = await house.connect("intitulo-demo", 250);
      await house.door("/faults", "PUT", { kind: "hang", operation, times: 1 });
      const asked = make();
      await expect(hasty.ports.use(port).submit(asked, call)).rejects.toMatchObject({
        code: "OUTCOME_UNKNOWN",
      });
      expect(await use(port).lookUp(asked, call)).toEqual({ state: "ABSENT" });
      await hasty.close();
    },
  );

  it.each(writes)(
    "by a closed port or a wrong password, %s was certainly not applied",
    async (_o, _r, port, make) => {
      const certain = { code: "UNAVAILABLE", notApplied: true };
      const stranger = await house.connect("faux", 5000);
      await expect(stranger.ports.use(port).submit(make(), call)).rejects.toMatchObject(certain);
      await house.door("/faults", "PUT", { kind: "refuse" });
      await expect(stranger.ports.use(port).submit(make(), call)).rejects.toMatchObject(certain);
      await stranger.close();
    },
  );

  it.each(writes)(
    "while %s is looked up, the error is that of a read",
    async (operation, _, port, make) => {
      const read = operation === "modifierTiers" ? "lireTiers" : "listerReglements";
      await house.door("/faults", "PUT", { kind: "html", operation: read, times: 1 });
      await expect(use(port).lookUp(make(), call)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    },
  );

  it("in any way and any number of times, what was asked is applied, and once", async () => {
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
          "modifierTiers",
          "enregistrerReglement",
          "lireTiers",
          "listerReglements",
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

  it("by an error of its database, nobody knows; by its words, nobody learns", async () => {
    const refuse = (operation: string) =>
      operation === "modifierTiers" ? { code: "1213", label: "Deadlock found: Œuf" } : null;
    const busy = await startHouse({ world, refuse });
    const submitted = busy.ports
      .use(personChanges)
      .submit(change<PersonChange>({ surname: "X" }), call);
    const error = await submitted.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect((error as Error).message).not.toContain("Œuf");
    await busy.close();
  });
});
