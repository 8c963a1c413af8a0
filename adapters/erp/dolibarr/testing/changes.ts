/** For tests: a small World, and changes that its people ask for. */
import { randomUUID } from "node:crypto";
import { createDirectory } from "../../../../mocks/dolibarr/directory.ts";
import { contractsOf, personWith } from "../../../../mocks/world/find.ts";
import { oddities, type Oddity } from "../../../../mocks/world/oddities.ts";
import { createWorld } from "../../../../mocks/world/world.ts";
import type { BankAccountChange, CardPayment } from "../../../ports/billing-changes.ts";
import type { FileRef, Submission } from "../../../ports/changes.ts";
import type { InsuranceRenewal } from "../../../ports/contract-changes.ts";
import type { Call } from "../../../ports/port.ts";
import type { ServiceRequestCreation } from "../../../ports/request-changes.ts";

export const call: Call = { signal: new AbortController().signal, requestId: "changes" };

const sizes = { people: 30, contracts: 34 };
export const now = () => new Date("2026-11-20T14:30:00Z");
export const world = createWorld({
  landlord: "rochefort",
  seed: 71,
  today: "2026-11-20",
  ...sizes,
});
const directory = createDirectory(world);

export const contractOf = (oddity: Oddity) => contractsOf(world, personWith(world, oddity))[0]!;
/** Whose contract it is, and its key. */
export const partiesOf = (oddity: Oddity) => ({
  personKey: String(directory.contactOf(personWith(world, oddity))!.id),
  contractKey: String(contractOf(oddity).number),
});

/** Somebody with one invoice that is open, so that an account is read in two calls. */
export const { personKey, contractKey } = partiesOf(oddities.single);

export const change = <P>(payload: P, more: Partial<Submission<P>> = {}): Submission<P> => ({
  operationId: randomUUID(),
  personKey,
  contractKey,
  submittedAt: now().toISOString(),
  payload,
  open: () => {
    throw new Error("no file belongs to this change");
  },
  ...more,
});

export const paying = (
  more: Partial<CardPayment> = {},
  of: Partial<Submission<CardPayment>> = {},
): Submission<CardPayment> => {
  const payload: CardPayment = {
    amount: { amount: "1.05", currency: "EUR" },
    paidAt: "2026-11-19T23:30:00Z",
    provider: "LYRA",
    providerReference: randomUUID(),
    ...more,
  };
  return change(payload, of);
};

/** A right one, of a bank that does not exist. */
export const bank: BankAccountChange = {
  iban: "FR7699101000010000000000109",
  bic: "BQTRFRP0",
  holder: "Zoë L’Œuf",
};

export const photoBytes = (n: number, size = 20) =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(size - 4, n)]);

const open: Submission<unknown>["open"] = async function* ({ uploadId, sizeBytes }: FileRef) {
  yield photoBytes(Number(uploadId.split("-")[1]), sizeBytes);
};

export const file = (n: number, more: Partial<FileRef> = {}): FileRef => ({
  uploadId: `upload-${n}`,
  fileName: `fuite ${n} – été/<b>.jpg`.replace("/", "-"),
  mediaType: "image/jpeg",
  sizeBytes: 20,
  ...more,
});

export const asking = (
  more: Partial<ServiceRequestCreation> = {},
  of: Partial<Submission<ServiceRequestCreation>> = {},
): Submission<ServiceRequestCreation> => {
  const payload: ServiceRequestCreation = {
    reasonKey: "ISSUE",
    placeKey: null,
    description: "L’eau <goutte> & coule.\nDepuis hier",
    availabilities: [{ day: "2026-11-25", from: "08:00", to: "12:00" }],
    contactPhone: "+33612345678",
    photos: [file(1), file(2)],
    ...more,
  };
  return change(payload, { open, ...of });
};

export const renewing = (
  more: Partial<InsuranceRenewal> = {},
  of: Partial<Submission<InsuranceRenewal>> = {},
): Submission<InsuranceRenewal> => {
  const payload: InsuranceRenewal = {
    insurer: "Assurances du Port",
    policyNumber: "AP-2027-11",
    holder: "Zoë L’Œuf",
    validFrom: "2026-12-01",
    validTo: "2027-11-30",
    certificate: file(3, { mediaType: "application/pdf", fileName: "attestation.pdf" }),
    ...more,
  };
  return change(payload, { open, ...of });
};
