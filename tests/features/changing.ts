/** Rows that change something: each compares what the ERP then holds, and shows, with what was asked. */
import { createHash } from "node:crypto";
import { asked, changeAt, type AskedChange } from "../support/changes.ts";
import { door, type HeldContract } from "../support/demo.ts";
import { samples, sendUpload } from "../support/uploads.ts";
import { contractIds, run, type Portal, type Somebody } from "./portal.ts";
import { same } from "./same.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- answers' JSON
type Json = any;

interface Changer {
  readonly who: Somebody;
  readonly contract: HeldContract;
  readonly contractId: string;
  readonly personId: string;
  readonly door: ReturnType<typeof door>;
  /** Asks, and waits until it is in force, the ERP's night included; says what the ERP wrote. */
  make(operation: string, input: object): Promise<unknown>;
}

const today = () => new Date().toISOString().slice(0, 10);

export async function changerOf({ demo, landlord, everybody }: Portal): Promise<Changer> {
  const at = door(demo, landlord);
  const isRunning = ({ start, end }: HeldContract) => start <= today() && (end ?? "9") > today();
  const who = (await everybody()).find(({ contracts: [first] }) => first && isRunning(first))!;
  const [contract] = who.contracts;
  const ids = await contractIds(who.front);
  const { viewer } = await run(who.front, "F14-personal-data");
  const make = async (operation: string, input: object) => {
    const before = (await at.writes()).length;
    await inForce(at, who, await asked(who.front, operation, input));
    const written = (await at.writes()).slice(before);
    same(`writes of ${operation}`, written.length, 1);
    return written[0]!.content;
  };
  return {
    who,
    contract: contract!,
    contractId: ids.get(contract!.units[0]!.reference)!,
    personId: viewer.person.id,
    door: at,
    make,
  };
}

async function inForce(at: Changer["door"], { front }: Somebody, { id }: AskedChange) {
  const { status } = await changeAt(front, id, "SENT", "APPLIED", "REJECTED");
  if (status === "SENT") await at.night();
  const ended = await changeAt(front, id, "APPLIED", "REJECTED");
  same("where the change stands", [ended.status, ended.reason], ["APPLIED", null]);
}

const address = { lines: ["12 rue des Sœurs"], postalCode: "93300", city: "Aubervilliers" };

/** F14. */
export async function personalData(portal: Portal): Promise<string> {
  const { who, personId, make, door: at } = await changerOf(portal);
  const email = "nouvelle.adresse@example.org";
  await make("F14-change-personal-data", { personId, email, phones: ["01 99 00 12 34"], address });
  const { viewer } = await run(who.front, "F14-personal-data");
  const { lines, postalCode, city } = viewer.person.address;
  const shown = [viewer.person.email, viewer.person.phones, { lines, postalCode, city }];
  // Habilog's columns have no œ.
  const plain = (value: unknown) => JSON.stringify(value).replaceAll("œ", "oe");
  same("the person", plain(shown), plain([email, ["+33199001234"], address]));
  const held = await at.personWith(who.account.oddity);
  const { lines: heldLines, postalCode: code, city: town } = held.address;
  same(
    "the ERP's person",
    plain([held.email, heldLines, code, town]),
    plain([email, lines, postalCode, city]),
  );
  return "changed and read again";
}

/** F14, where the landlord keeps it. */
export async function professionalSituation(portal: Portal): Promise<string> {
  const { who, personId, make, door: at } = await changerOf(portal);
  const situation = { label: "Salariée", employer: "Chantiers de l'Ouest", since: "2026-02-02" };
  await make("F14-change-professional-situation", { personId, ...situation });
  const { viewer } = await run(who.front, "F14-personal-data");
  same("the situation", { ...viewer.person.professionalSituation }, situation);
  const held = await at.personWith(who.account.oddity);
  same("the ERP's", { ...held.professional }, situation);
  return "situation changed and read again";
}

const baby = {
  surname: "Nouvel",
  givenName: "Zoé",
  birthDate: "2026-03-01",
  relationship: "Enfant",
  since: "2026-03-04",
};

/** F15. */
export async function occupants(portal: Portal): Promise<string> {
  const { who, contract, contractId, make, door: at } = await changerOf(portal);
  const find = async () => {
    const data = await run(who.front, "F15-occupants", { id: contractId });
    const found = (data.contract.occupants as Json[]).filter(({ surname }) => surname === "Nouvel");
    const held = (await at.contract(contract.key)).occupants.filter(
      ({ surname }) => surname === "Nouvel",
    );
    same("how many of them", found.length, held.length);
    return { found, held };
  };
  const expectOne = async (expected: object): Promise<string> => {
    const { found, held } = await find();
    const { id, ...shown } = found[0] as { id: string };
    const { number: _number, ...there } = held[0]!;
    same("the occupant", shown, expected);
    same("the ERP's occupant", there, expected);
    return id;
  };
  await make("F15-add-occupant", { contractId, occupant: baby });
  const first = await expectOne(baby);
  const older = { ...baby, givenName: "Zoé Lou", birthDate: "2026-02-28" };
  await make("F15-change-occupant", { occupantId: first, occupant: older });
  const occupantId = await expectOne(older);
  await make("F15-remove-occupant", { occupantId, leftOn: "2026-11-01" });
  same("who is left", (await find()).found, []);
  return "added, changed, removed";
}

/** F16. */
export async function billingAddress(portal: Portal): Promise<string> {
  const { who, contract, contractId, make, door: at } = await changerOf(portal);
  const asked = { recipient: "Mme Nouvel", address: { ...address, lines: ["3 impasse Neuve"] } };
  await make("F16-change-billing-address", { contractId, ...asked });
  const data = await run(who.front, "F16-billing-address", { id: contractId });
  const { countryCode, ...shown } = data.contract.billingAddress.address;
  same("the block", [data.contract.billingAddress.recipient, shown], Object.values(asked));
  same("its country", countryCode, "FR");
  const { recipient, address: held } = (await at.contract(contract.key)).billing;
  const { lines, postalCode, city } = held;
  same("the ERP's", { recipient, address: { lines, postalCode, city } }, asked);
  return "changed and read again";
}

/** F17. */
export async function insurance(portal: Portal): Promise<string> {
  const { who, contract, contractId, make, door: at } = await changerOf(portal);
  const { id: certificateUploadId } = await sendUpload(who.front, "INSURANCE_CERTIFICATE");
  const policy = { insurer: "Mutuelle neuve", policyNumber: "MN-2027", holder: "M. Nouvel" };
  const validity = { validFrom: "2026-12-01", validTo: "2027-11-30" };
  const asked = { contractId, ...policy, ...validity, certificateUploadId };
  const written = JSON.stringify(await make("F17-renew-insurance", asked));
  const { bytes } = samples.INSURANCE_CERTIFICATE;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  same("the certificate that the ERP has", written.includes(sha256), true);
  const data = await run(who.front, "F17-insurance", { id: contractId });
  same("the policy", { ...data.contract.insurance }, { ...policy, ...validity });
  const held = (await at.contract(contract.key)).insurance!;
  same("the ERP's", [held.policyNumber, held.to], [policy.policyNumber, validity.validTo]);
  return "renewed with its certificate";
}

/** F18. */
export async function tracking(portal: Portal): Promise<string> {
  const { who, personId, door: at } = await changerOf(portal);
  const input = { personId, phones: ["01 99 00 43 21"] };
  const change = await asked(who.front, "F14-change-personal-data", input);
  await inForce(at, who, change);
  const { change: one } = await run(who.front, "F18-change", { id: change.id });
  const { viewer } = await run(who.front, "F18-changes", { first: 1 });
  same("the newest of all changes", viewer.changes.nodes[0], one);
  const { submittedAt, appliedAt, effectiveBy } = one;
  const inOrder = submittedAt <= appliedAt && submittedAt < (effectiveBy ?? "9");
  same("its times come one after the other", inOrder, true);
  const [, other] = await portal.everybody();
  const { errors } = await other!.front("query ($id: ID!) { change(id: $id) { id } }", {
    id: change.id,
  });
  same("what others see of it", errors?.[0]?.extensions.code, "NOT_FOUND");
  const hours =
    effectiveBy && Math.round((Date.parse(effectiveBy) - Date.parse(submittedAt)) / 36e5);
  return hours ? `followed; in force within ${hours} h` : "followed";
}
