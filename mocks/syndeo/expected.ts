/**
 * For tests: what should come out at the other end for a World, under syndeo's keys and in none of
 * its formats.
 */
import type {
  World,
  WorldAddress,
  WorldBuilding,
  WorldCandidacy,
  WorldContact,
  WorldContract,
  WorldEntry,
  WorldFundsCall,
  WorldLedger,
  WorldMinutes,
  WorldNotice,
  WorldPayment,
  WorldPerson,
  WorldProperty,
  WorldReceipt,
  WorldRequest,
} from "../world/types.ts";
import { keyOfContract, keyOfDocument, keyOfPerson, keyOfRequest } from "./keys.ts";

const euros = (cents: number) => {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const sign = cents < 0 ? "-" : "";
  return { amount: `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: "EUR" };
};
const eurosOrNull = (cents: number | null) => (cents === null ? null : euros(cents));
const address = (written: WorldAddress) => ({ country: "FR", ...written });
const phone = (written: string | null) =>
  written && `+33${written.replace(/\D/g, "").replace(/^(33|0)/, "")}`;

export const person = (of: WorldPerson) => ({
  key: keyOfPerson(of),
  title: of.title,
  surname: of.surname,
  birthSurname: of.birthSurname,
  givenName: of.givenName,
  birthDate: of.birthDate,
  email: of.email,
  phones: of.phone ? [phone(of.phone)] : [],
  address: address(of.address),
});

export const holder = (of: WorldPerson) => ({
  personKey: keyOfPerson(of),
  email: of.email,
  provisional: of.credentials?.provisional,
});

export const contract = (of: WorldContract, world: World) => ({
  key: keyOfContract(of),
  number: keyOfContract(of),
  kind: of.kind,
  status: statusOf(of, world.today),
  startDate: of.start,
  endDate: of.end,
  signatories: of.signatories.map((number) => {
    const { surname, givenName } = world.people.find((each) => each.number === number)!;
    return `${surname} ${givenName}`;
  }),
  units: of.units.map((unit) => ({ ...unit, address: address(unit.address) })),
  paymentMethod: of.paymentMethod,
});

function statusOf({ start, end }: WorldContract, today: string) {
  if (start > today) return "UPCOMING";
  return end !== null && end < today ? "ENDED" : "ACTIVE";
}

export const property = (of: WorldProperty) => {
  const { number, address: at, ...same } = of;
  return { key: `BIE-${number}`, ...same, address: address(at) };
};

export const candidacy = ({ number, ...same }: WorldCandidacy) => ({
  key: `CAN-${number}`,
  number: `D${number}`,
  ...same,
});

export const building = (of: WorldBuilding) => ({
  key: `IMM-${of.number}`,
  name: of.name,
  address: address(of.address),
  builtIn: of.builtIn,
  units: of.units,
  notes: of.notes,
});

export const contact = (of: WorldContact) => ({ ...of, phone: phone(of.phone) });

export const ledger = (of: WorldLedger, asOf: string) => ({
  key: `CPT-${of.number}`,
  kind: of.kind,
  label: of.label,
  balance: { owed: euros(of.balanceCents), late: of.late, asOf },
});

export const balance = (of: WorldContract, asOf: string) => ({
  owed: euros(of.balanceCents),
  late: of.late,
  asOf,
});

export const entry = (of: WorldContract, { number, date, label, cents, period }: WorldEntry) => ({
  key: `ECR-${of.number}-${number}`,
  date,
  label,
  owed: euros(cents),
  period,
});

export const payment = (of: WorldContract, { number, cents, ...same }: WorldPayment) => ({
  key: `REG-${of.number}-${number}`,
  amount: euros(cents),
  ...same,
});

export const fundsCall = (of: WorldContract, { number, cents, ...same }: WorldFundsCall) => ({
  key: keyOfDocument("APPEL_FONDS", of.number, number),
  contractKey: keyOfContract(of),
  total: euros(cents),
  ...same,
});

export const minutes = (of: WorldContract, { number, ...same }: WorldMinutes) => ({
  key: keyOfDocument("PV", of.number, number),
  contractKey: keyOfContract(of),
  ...same,
});

export const receipt = (of: WorldContract, receipt: WorldReceipt) => ({
  key: keyOfDocument("QUITTANCE", of.number, receipt.number),
  contractKey: keyOfContract(of),
  kind: receipt.kind,
  issuedOn: receipt.issuedOn,
  period: receipt.period,
  paid: euros(receipt.paidCents),
  rent: eurosOrNull(receipt.rentCents),
  charges: eurosOrNull(receipt.chargesCents),
});

export const notice = (of: WorldContract, { number, lines, ...same }: WorldNotice) => ({
  key: keyOfDocument("APPEL_LOYER", of.number, number),
  contractKey: keyOfContract(of),
  ...same,
  total: euros(lines.reduce((sum, { cents }) => sum + cents, 0)),
  lines: lines.map(({ label, cents }) => ({ label, amount: euros(cents) })),
});

/** Moments as instants: their text depends on the zone. */
export const request = (of: WorldContract, request: WorldRequest) => ({
  key: keyOfRequest(of.number, request.number),
  contractKey: keyOfContract(of),
  number: String(request.number),
  category: request.category,
  place: request.place,
  reason: request.reason,
  description: request.description,
  status: request.updates.at(-1)!.status,
  createdAt: Date.parse(request.createdAt),
  updates: request.updates.map((update) => ({ ...update, at: Date.parse(update.at) })),
});
