/** For tests: a small World, and changes that its people ask for. */
import { randomUUID } from "node:crypto";
import { keyOfContract, keyOfPerson } from "../../../../mocks/syndeo/keys.ts";
import { contractsOf, personWith } from "../../../../mocks/world/find.ts";
import { oddities, type Oddity } from "../../../../mocks/world/oddities.ts";
import { createWorld } from "../../../../mocks/world/world.ts";
import type { BankAccountChange, CardPayment } from "../../../ports/billing-changes.ts";
import type { FileRef, Submission } from "../../../ports/changes.ts";
import type { ServiceRequestCreation } from "../../../ports/request-changes.ts";
import type { Call } from "../../../ports/port.ts";

export const call: Call = { signal: new AbortController().signal, requestId: "changes" };

const sizes = { people: 60, contracts: 70 };
export const today = "2026-11-20";
export const now = () => new Date("2026-11-20T14:30:00Z");
export const world = createWorld({ landlord: "immo-paris", seed: 53, today, ...sizes });

export const contractOf = (oddity: Oddity) => contractsOf(world, personWith(world, oddity))[0]!;
/** Whose contract it is, and its key. */
export const partiesOf = (oddity: Oddity) => ({
  personKey: keyOfPerson(personWith(world, oddity)),
  contractKey: keyOfContract(contractOf(oddity)),
});

export const lease = contractOf(oddities.everything);
export const { personKey, contractKey } = partiesOf(oddities.everything);

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
    amount: { amount: "1234.50", currency: "EUR" },
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

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
export const photoBytes = (n: number, size = 20) =>
  Buffer.concat([jpeg, Buffer.alloc(size - jpeg.length, n)]);

export const photo = (n: number, more: Partial<FileRef> = {}): FileRef => ({
  uploadId: `upload-${n}`,
  fileName: `fuite ${n} – été.jpg`,
  mediaType: "image/jpeg",
  sizeBytes: 20,
  ...more,
});

export const asking = (
  more: Partial<ServiceRequestCreation> = {},
  of: Partial<Submission<ServiceRequestCreation>> = {},
): Submission<ServiceRequestCreation> => {
  const payload: ServiceRequestCreation = {
    reasonKey: "MOT-FUITE",
    placeKey: "LIE-SDB",
    description: "L’eau <goutte> & coule.\nDepuis hier 🐈",
    availabilities: [{ day: "2026-11-25", from: "08:00", to: "12:00" }],
    contactPhone: "+33612345678",
    photos: [photo(1), photo(2)],
    ...more,
  };
  async function* open({ uploadId, sizeBytes }: FileRef) {
    yield photoBytes(Number(uploadId.split("-")[1]), sizeBytes);
  }
  return change(payload, { open, ...of });
};
