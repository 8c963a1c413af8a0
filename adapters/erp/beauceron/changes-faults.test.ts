/** Changes while the mock ERP misbehaves: what is said of them, and what a look-up then tells. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyOfContract, keyOfPerson } from "../../../mocks/beauceron/keys.ts";
import type { FaultKind } from "../../../mocks/kit/faults.ts";
import { frenchIban } from "../../../mocks/world/bank.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
} from "../../ports/billing-changes.ts";
import type { ChangePort, Changes, Submission } from "../../ports/changes.ts";
import {
  insuranceRenewals,
  occupantChanges,
  type OccupantChange,
} from "../../ports/contract-changes.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { call, changeOf, fileOf, started } from "./testing/started.ts";

const world = createWorld({ landlord: "chartres", seed: 12, today: "2026-11-20", people: 40 });
let rig: Awaited<ReturnType<typeof started>>;
beforeAll(async () => void (rig = await started(world)));
afterAll(() => rig.close());

const contract = world.contracts.find(
  ({ end, directDebit }) => end === null && directDebit?.status === "ACTIVE",
)!;
const personKey = keyOfPerson({ number: contract.signatories[0]! });
const about = { personKey, contractKey: keyOfContract(contract) };

/** One way to write, with a new change each time. */
interface Way {
  readonly operation: string;
  make(turn: number): Promise<{ changes: Changes<never>; change: Submission<never> }>;
}

function way<P>(
  operation: string,
  port: ChangePort<P>,
  make: (turn: number) => Submission<P>,
): Way {
  return {
    operation,
    make: async (turn) => {
      const changes: Changes<unknown> = rig.ports.use(port);
      return { changes, change: make(turn) } as never;
    },
  };
}

const child = (turn: number) => ({
  surname: "Secret-Surname",
  givenName: `Turn ${turn}`,
  birthDate: "2020-01-01",
  relationship: null,
  since: null,
});

const file = fileOf("certificate");
const iban = (turn: number) => frenchIban("99101", "00042", String(turn).padStart(11, "0"));

const ways: Way[] = [
  way("modifierLocataire", personChanges, (turn) =>
    changeOf({ surname: `Secret-Surname ${turn}` }, about),
  ),
  way<OccupantChange>("ajouterOccupant", occupantChanges, (turn) =>
    changeOf({ action: "ADD", occupant: child(turn) }, about),
  ),
  {
    operation: "retirerOccupant",
    make: async (turn) => {
      const changes = rig.ports.use(occupantChanges);
      const occupant = { ...child(turn), givenName: `Leaver ${turn}` };
      const added = await changes.submit(changeOf({ action: "ADD", occupant }, about), call());
      const { reference } = added as { reference: string };
      const payload: OccupantChange = { action: "REMOVE", key: reference, leftOn: null };
      return { changes, change: changeOf(payload, about) } as never;
    },
  },
  way("declarerAssurance", insuranceRenewals, (turn) =>
    changeOf(
      {
        insurer: "Mutuelle",
        policyNumber: `P-${turn}`,
        holder: null,
        validFrom: "2027-01-01",
        validTo: "2027-12-31",
        certificate: file.ref,
      },
      about,
      [file],
    ),
  ),
  way("enregistrerReglement", cardPayments, (turn) =>
    changeOf(
      {
        amount: { amount: "12.34", currency: "EUR" },
        paidAt: "2026-11-19T12:00:00Z",
        provider: "LYRA",
        providerReference: `LY-${turn}`,
      },
      about,
    ),
  ),
  way("modifierCoordonneesBancaires", bankAccountChanges, (turn) =>
    changeOf({ iban: iban(turn), bic: null, holder: "Secret-Surname" }, about),
  ),
  {
    operation: "modifierOccupant",
    make: async (turn) => {
      const changes = rig.ports.use(occupantChanges);
      const occupant = { ...child(turn), givenName: `Before ${turn}` };
      const added = await changes.submit(changeOf({ action: "ADD", occupant }, about), call());
      const { reference } = added as { reference: string };
      const after = { ...occupant, givenName: `After ${turn}` };
      const payload: OccupantChange = { action: "CHANGE", key: reference, occupant: after };
      return { changes, change: changeOf(payload, about) } as never;
    },
  },
  way("modifierMandat", directDebitChanges, () =>
    changeOf({ action: "CHANGE_DAY", day: contract.directDebit!.day === 10 ? 12 : 10 }, about),
  ),
  way("creerDemande", serviceRequestCreations, () =>
    changeOf(
      {
        reasonKey: "M05",
        placeKey: null,
        description: "Secret-Surname",
        availabilities: [],
        contactPhone: null,
        photos: [file.ref],
      },
      about,
      [file],
    ),
  ),
];

const faults: [FaultKind, "applied" | "not applied"][] = [
  ["cut-after", "applied"],
  ["empty", "applied"],
  ["garbage", "applied"],
  ["cut-before", "not applied"],
  ["html", "not applied"],
  ["html-202", "not applied"],
  ["fault", "not applied"],
  ["closed", "not applied"],
];

let turns = 0;
const count = async () => (await rig.writes()).length;
const unknown = { code: "OUTCOME_UNKNOWN", notApplied: false };

describe.each(ways)("$operation", ({ operation, make }) => {
  test.each(faults)("that meets %s is %s, and a look-up tells", async (kind, what) => {
    const { changes, change } = await make(++turns);
    const before = await count();
    await rig.faults({ kind, operation });
    await expect(changes.submit(change, call())).rejects.toMatchObject(unknown);
    await rig.faults();
    const after = what === "applied" ? 1 : 0;
    expect((await count()) - before).toBe(after);
    const state = what === "applied" ? "APPLIED" : "ABSENT";
    expect(await changes.lookUp(change, call())).toMatchObject({ state });
    if (operation !== "retirerOccupant" || what === "not applied") {
      expect(await changes.submit(change, call())).toMatchObject({ state: "APPLIED" });
    }
    expect((await count()) - before).toBe(1);
    expect(await changes.lookUp(change, call())).toMatchObject({ state: "APPLIED" });
  });

  test("that is never answered is given up, and was not applied", async () => {
    const { changes, change } = await make(++turns);
    const before = await count();
    await rig.faults({ kind: "hang", operation });
    const impatient = { ...call(), signal: AbortSignal.timeout(150) };
    await expect(changes.submit(change, impatient)).rejects.toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
    await rig.faults();
    expect(await changes.lookUp(change, call())).toEqual({ state: "ABSENT" });
    expect(await count()).toBe(before);
  });

  test("to a closed port was certainly not applied", async () => {
    const { changes, change } = await make(++turns);
    await rig.faults({ kind: "refuse" });
    const sent = changes.submit(change, call());
    await expect(sent).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
    await expect(changes.lookUp(change, call())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await rig.faults();
  });
});

test("a look-up that gets no clear answer tells nothing", async () => {
  for (const { make } of ways) {
    const { changes, change } = await make(++turns);
    for (const kind of ["html", "fault", "closed", "cut-after", "garbage"] as const) {
      await rig.faults({ kind });
      await expect(changes.lookUp(change, call())).rejects.toThrow();
    }
    await rig.faults();
  }
});

test("with credentials that beauceron refuses, nothing is applied, and that is certain", async () => {
  const { ports, close } = await rig.connect({ clientSecret: "another" });
  const change = changeOf({ iban: iban(1), bic: null, holder: "X" }, about);
  const sent = ports.use(bankAccountChanges).submit(change, call());
  await expect(sent).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
  await close();
});

test("a person who cannot be read before the change was certainly not changed", async () => {
  await rig.faults({ kind: "html", operation: "locataire" });
  const change = changeOf({ surname: "X" }, about);
  const sent = rig.ports.use(personChanges).submit(change, call());
  await expect(sent).rejects.toMatchObject({ code: "BAD_RESPONSE", notApplied: true });
  await rig.faults();
});

test("the log says nothing of what was sent", () => {
  const said = rig.logged.join("\n");
  expect(said).toContain("OUTCOME_UNKNOWN");
  for (const secret of ["Secret-Surname", iban(1).slice(0, 12), about.contractKey, personKey]) {
    expect(said).not.toContain(secret);
  }
});
