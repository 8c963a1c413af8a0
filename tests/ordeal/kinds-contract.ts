import { operation } from "../support/client.ts";
import type { AtForm, Form, Kind } from "./kinds.ts";
import { holds } from "./marks.ts";
import { upload } from "./upload.ts";

const billingAddress = ({ facts, mark }: AtForm): Form => ({
  mutation: "changeBillingAddress",
  input: {
    contractId: facts.contractId,
    recipient: `Madame ${mark.word}`,
    address: { lines: [`${mark.number} rue des Ordres`], postalCode: "17000", city: "La Rochelle" },
  },
  marks: [holds(mark.word)],
});

const since = "2020-12-01";

/** Mostly somebody new; else one of those who came so is corrected, or has left. */
async function occupant(at: AtForm): Promise<Form | null> {
  const { facts, mark, random } = at;
  const who = { surname: mark.word, givenName: "Zoé", relationship: "Enfant", since };
  if (random.chance(50)) {
    const input = { contractId: facts.contractId, occupant: who };
    return { mutation: "addOccupant", input, marks: [/"ADD"/, holds(mark.word)] };
  }
  const occupantId = await anyOfOurs(at);
  if (occupantId === null) return null;
  if (random.chance(50)) {
    const marks = [/"CHANGE"/, holds(mark.word)];
    return { mutation: "changeOccupant", input: { occupantId, occupant: who }, marks };
  }
  const marks = [/"REMOVE"/, holds(mark.day)];
  return { mutation: "removeOccupant", input: { occupantId, leftOn: mark.day }, marks };
}

async function anyOfOurs({ person, facts, random }: AtForm): Promise<string | null> {
  const reply = await person.ask(operation("F15-occupants"), { id: facts.contractId });
  if (reply.kind !== "DATA") return null;
  const all = reply.data["contract"].occupants as { id: string; surname: string }[];
  const ours = all.filter(({ surname }) => /^zq/i.test(surname));
  return ours.length === 0 ? null : random.pick(ours as [(typeof ours)[0]]).id;
}

const daysFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function insurance({ person, facts, mark }: AtForm): Promise<Form | null> {
  const certificateUploadId = await upload(person, "INSURANCE_CERTIFICATE");
  if (certificateUploadId === null) return null;
  const input = {
    contractId: facts.contractId,
    insurer: "Mutuelle des Ordres",
    policyNumber: mark.word,
    validFrom: daysFromNow(-1),
    validTo: daysFromNow(364),
    certificateUploadId,
  };
  return { mutation: "renewInsurance", input, marks: [holds(mark.word)] };
}

export const contractKinds: readonly Kind[] = [
  { port: "billingAddressChanges", about: "contract", fillIn: billingAddress },
  { port: "occupantChanges", about: "contract", fillIn: occupant },
  { port: "insuranceRenewals", about: "contract", fillIn: insurance },
];
