/** The ports by which the reference adapter changes something. */
import type {
  BankAccountChange,
  CardPayment,
  DirectDebitChange,
} from "../../ports/billing-changes.ts";
import type { ChangePort, Changes, Outcome, Repeat, Submission } from "../../ports/changes.ts";
import type {
  BillingAddressChange,
  InsuranceRenewal,
  OccupantChange,
} from "../../ports/contract-changes.ts";
import type { PersonChange, ProfessionalSituationChange } from "../../ports/identity-changes.ts";
import { serve, type Served } from "../../ports/port.ts";
import type { ServiceRequestCreation } from "../../ports/request-changes.ts";
import type { SurveyAnswer } from "../../ports/surveys.ts";
import { changePorts } from "../ports.ts";
import { occupantOf, type Data, type ReferenceContract } from "./data.ts";
import type { House } from "./reads.ts";

type Apply = (data: Data, change: Submission<never>) => void;

const contractOf = ({ contracts }: Data, { contractKey }: Submission<unknown>): ReferenceContract =>
  contracts.get(contractKey!)!;
const personOf = ({ people }: Data, { personKey }: Submission<unknown>) =>
  people.find(({ person }) => person.key === personKey);

/** What each change does to the data. */
const applying: Readonly<Record<string, Apply>> = {
  personChanges: (data, change: Submission<PersonChange>) =>
    void Object.assign(personOf(data, change)!.person, change.payload),
  professionalSituationChanges: (data, change: Submission<ProfessionalSituationChange>) => {
    personOf(data, change)!.situation = change.payload;
  },
  occupantChanges: (data, change: Submission<OccupantChange>) => {
    const { payload } = change;
    const { occupants, contract } = contractOf(data, change);
    if (payload.action !== "ADD") return;
    occupants.push({ ...occupantOf(contract.key, occupants.length + 1), ...payload.occupant });
  },
  billingAddressChanges: (data, change: Submission<BillingAddressChange>) => {
    contractOf(data, change).billing = change.payload;
  },
  insuranceRenewals: (data, change: Submission<InsuranceRenewal>) => {
    const { certificate: _, ...policy } = change.payload;
    contractOf(data, change).insurance = policy;
  },
  cardPayments: (data, { payload, ...change }: Submission<CardPayment>) => {
    contractOf(data, change as Submission<unknown>).payments.unshift({
      key: payload.providerReference,
      date: payload.paidAt.slice(0, 10),
      amount: payload.amount,
      method: "CARD",
      status: "RECEIVED",
    });
  },
  bankAccountChanges: (data, change: Submission<BankAccountChange>) => {
    contractOf(data, change).bank = change.payload;
  },
  directDebitChanges: (data, change: Submission<DirectDebitChange>) => {
    const { payload } = change;
    const of = contractOf(data, change);
    if (payload.action === "CHANGE_DAY") of.debit = { ...of.debit, day: payload.day };
  },
  serviceRequestCreations: (data, change: Submission<ServiceRequestCreation>) => {
    const { requests, contract } = contractOf(data, change);
    requests.unshift({
      key: change.operationId,
      contractKey: contract.key,
      number: change.operationId,
      category: "TECHNICAL",
      place: null,
      reason: "Fuite",
      description: change.payload.description,
      status: "RECEIVED",
      createdAt: change.submittedAt,
      updates: [],
    });
  },
  surveyAnswers: (data, change: Submission<SurveyAnswer>) => {
    const { surveys } = contractOf(data, change);
    const found = surveys.find(({ key }) => key === change.payload.surveyKey);
    if (found) found.status = "VALIDATED";
  },
};

/** One port of each of the first three kinds, at least. */
const repeatOf: Readonly<Record<string, Repeat>> = {
  billingAddressChanges: "COMPARE",
  serviceRequestCreations: "STORED_ID",
  surveyAnswers: "STORED_ID",
};
/** What waits for the night. */
const nightly = new Set(["insuranceRenewals"]);

export function writePorts(house: House, books: Map<string, Outcome>): Served[] {
  return changePorts.map((port) => serve(port, changesOf(house, port, books)));
}

function changesOf(
  { data, wire, io }: House,
  port: ChangePort<unknown>,
  books: Map<string, Outcome>,
): Changes<unknown> {
  const { name } = port;
  const repeat = repeatOf[name] ?? "KEY";
  const apply = (change: Submission<unknown>): Outcome => {
    const known = books.get(change.operationId);
    if (known && repeat === "KEY") return known;
    const owner = personOf(data, change);
    const owned = owner?.contracts.some(({ contract }) => contract.key === change.contractKey);
    if (!owner || (port.about === "CONTRACT" && !owned))
      return { state: "REJECTED", reason: "UNKNOWN_THING" };
    const now = () => {
      applying[name]!(data, change as Submission<never>);
      wire.applied.set(name, (wire.applied.get(name) ?? 0) + 1);
      books.set(change.operationId, { state: "APPLIED", reference: null });
    };
    const pending = { state: "PENDING", reference: null, effectiveBy: null } as const;
    books.set(change.operationId, pending);
    if (nightly.has(name)) data.waiting.push(now);
    else now();
    return books.get(change.operationId)!;
  };
  return {
    repeat,
    submit: (change, call) =>
      wire.exchange(io, call, { operation: `write ${name}`, keys: [change.personKey] }, () =>
        apply(change),
      ),
    lookUp: (change, call) =>
      wire.exchange(
        io,
        call,
        { operation: `look up ${name}`, keys: [change.personKey] },
        () => books.get(change.operationId) ?? { state: "ABSENT" },
      ),
  };
}
