/** What becomes of a change when Habilog fails in the middle of it. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { cardPayments } from "../../ports/billing-changes.ts";
import type { ChangePort, LookUp, Submission } from "../../ports/changes.ts";
import { occupantChanges, type OccupantChange } from "../../ports/contract-changes.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import type { Port } from "../../ports/port.ts";
import { call, change, paying, startHouse, usualContract, type House } from "./testing/house.ts";
import { occupant } from "./testing/values.ts";

let house: House;
let contract: WorldContract;
beforeAll(async () => {
  house = await startHouse();
  contract = usualContract(house);
});
afterAll(() => house.close());
afterEach(async () => {
  await house.door("/faults", "DELETE");
  await house.night();
});

const use = <I>(port: Port<I>): I => house.ports.use(port);
const fault = (kind: string, operation: string, ms?: number) =>
  house.door("/faults", "PUT", { kind, operation, times: 1, ...(ms ? { ms } : {}) });

const adding = () => change<OccupantChange>(contract, { action: "ADD", occupant });

interface Write {
  operation: string;
  repeat: string;
  port: ChangePort<unknown>;
  /** What `lookUp` says of it once it has come. */
  come: LookUp["state"];
  make(): Submission<unknown>;
}

const writes: Write[] = [
  {
    operation: "EnregistrerOccupant",
    repeat: "STORED_ID",
    port: occupantChanges,
    come: "PENDING",
    make: adding,
  },
  {
    operation: "EnregistrerReglement",
    repeat: "KEY",
    port: cardPayments,
    come: "APPLIED",
    make: () => paying(contract),
  },
];

const kinds = [
  ["cut-after", true],
  ["cut-middle", true],
  ["empty", true],
  ["garbage", true],
  ["cut-before", false],
  ["html", false],
  ["html-202", false],
  ["fault", false],
  ["closed", false],
] as const;

const cases = writes.flatMap((write) => kinds.map(([kind, comes]) => ({ ...write, kind, comes })));

describe("After a change that goes wrong", () => {
  it.each(cases)(
    "by $kind in $operation ($repeat), it is known whether it came, and it is applied once",
    async ({ kind, comes, operation, repeat, port, come, make }) => {
      const asked = make();
      expect(use(port).repeat).toBe(repeat);
      await fault(kind, operation);
      await expect(use(port).submit(asked, call)).rejects.toMatchObject({
        code: "OUTCOME_UNKNOWN",
        notApplied: false,
      });
      const found = await use(port).lookUp(asked, call);
      expect(found.state).toBe(comes ? come : "ABSENT");
      if (found.state === "ABSENT") await use(port).submit(asked, call);
      await house.night();
      expect(await use(port).lookUp(asked, call)).toMatchObject({ state: "APPLIED" });
      expect(await house.applied(asked.operationId)).toHaveLength(1);
    },
  );

  it.each(writes)("by no answer to $operation in time, nobody knows", async (write) => {
    const hasty = await house.connect({ deadlineMs: 150 });
    const asked = write.make();
    await fault("hang", write.operation);
    await expect(hasty.ports.use(write.port).submit(asked, call)).rejects.toMatchObject({
      code: "OUTCOME_UNKNOWN",
      notApplied: false,
    });
    await hasty.close();
    expect(await use(write.port).lookUp(asked, call)).toEqual({ state: "ABSENT" });
  });

  it.each(writes)("by a caller who left, $operation may have come", async (write) => {
    const caller = new AbortController();
    const asked = write.make();
    await fault("slow", write.operation, 60_000);
    const sent = use(write.port).submit(asked, { ...call, signal: caller.signal });
    const refused = expect(sent).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await vi.waitFor(async () => {
      expect((await use(write.port).lookUp(asked, call)).state).toBe(write.come);
    });
    caller.abort();
    await refused;
  });

  it("a look-up that fails tells nothing", async () => {
    for (const [kind, code] of [
      ["empty", "BAD_RESPONSE"],
      ["html", "BAD_RESPONSE"],
      ["cut-after", "UNAVAILABLE"],
      ["fault", "UNAVAILABLE"],
    ] as const) {
      await fault(kind, "SuivreDemande");
      const asked = use(occupantChanges).lookUp(adding(), call);
      await expect(asked).rejects.toMatchObject({ code });
    }
  });
});

describe("A change has certainly not come", () => {
  it("when the port is closed", async () => {
    await house.door("/faults", "PUT", { kind: "refuse" });
    await expect(use(occupantChanges).submit(adding(), call)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      notApplied: true,
    });
  });

  it("when Habilog has too many calls at once", async () => {
    const slow = await startHouse({ workMs: 300 });
    const eager = await slow.connect({ concurrency: 9 });
    const asked = Array.from({ length: 8 }, () => paying(usualContract(slow)));
    const sent = await Promise.allSettled(
      asked.map((payment) => eager.ports.use(cardPayments).submit(payment, call)),
    );
    const refused = sent.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    expect(refused).not.toHaveLength(0);
    for (const error of refused) {
      expect(error).toMatchObject({ code: "RATE_LIMITED", notApplied: true });
    }
    expect(await slow.door("/writes")).toHaveLength(asked.length - refused.length);
    await eager.close();
    await slow.close();
  });

  it("while the night's batch runs", async () => {
    const { world } = house.erp;
    const night = await startHouse({ world, inBatch: () => true });
    for (const { port, make } of writes) {
      const asked = make();
      const changes = night.ports.use(port);
      await expect(changes.submit(asked, call)).rejects.toMatchObject({
        code: "UNAVAILABLE",
        notApplied: true,
      });
      await expect(changes.lookUp(asked, call)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
    await night.close();
  });

  it("when Habilog has another base", async () => {
    const other = await startHouse({ world: house.erp.world, base: "VITRY" });
    const asked = other.ports.use(occupantChanges).submit(adding(), call);
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
    expect(other.logs).toContainEqual({
      level: "error",
      message: "Habilog does not know our base",
    });
    await other.close();
  });
});

describe("Where credentials are refused, with nothing in the answer,", () => {
  it("nobody knows, and a look-up says so", async () => {
    const wrong = await house.connect({ password: "faux" });
    const asked = adding();
    const changes = wrong.ports.use(occupantChanges);
    await expect(changes.submit(asked, call)).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await expect(changes.lookUp(asked, call)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await use(occupantChanges).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    await wrong.close();
  });
});

describe("A change that Habilog has twice", () => {
  it("is told as applied where one of both was, and is in the log", async () => {
    const asked = adding();
    await use(occupantChanges).submit(asked, call);
    await use(occupantChanges).submit(asked, call);
    await house.night();
    const found = await use(occupantChanges).lookUp(asked, call);
    expect(found).toMatchObject({ state: "APPLIED" });
    expect(house.logs).toContainEqual({
      level: "warn",
      message: "Habilog has a change more than once",
    });
    await use(occupantChanges).submit(asked, call);
    expect(await use(occupantChanges).lookUp(asked, call)).toEqual(found);
  });
});

describe("What waits for the night", () => {
  it("is still there after a restart", async () => {
    const asked = change(contract, { title: "MR" } as const, { contractKey: null });
    await use(personChanges).submit(asked, call);
    await house.door("/restart", "POST");
    expect(await use(personChanges).lookUp(asked, call)).toMatchObject({ state: "PENDING" });
  });

  it("is to be applied by the next morning in Ivry", async () => {
    const late = await startHouse({ now: () => new Date("2026-07-01T22:30:00Z") });
    const { title } = { title: "MR" } as const;
    const asked = change(usualContract(late), { title }, { contractKey: null });
    expect(await late.ports.use(personChanges).submit(asked, call)).toMatchObject({
      state: "PENDING",
      effectiveBy: "2026-07-03T06:00:00+02:00",
    });
    await late.close();
  });
});
