/** The lists of one contract of the reference ERP, newest first. */
import type { AccountEntry, Payment, PaymentPlan } from "../../ports/billing.ts";
import type {
  AssemblyMinutes,
  ChargeRegularisation,
  FundsCall,
  RentNotice,
  RentReceipt,
} from "../../ports/documents.ts";
import type { RequestCatalogue } from "../../ports/request-changes.ts";
import type { ResidenceRequest, ServiceRequest } from "../../ports/requests.ts";
import type { Survey } from "../../ports/surveys.ts";

export interface Lists {
  entries: AccountEntry[];
  payments: Payment[];
  plan: PaymentPlan;
  rentNotices: RentNotice[];
  rentReceipts: RentReceipt[];
  chargeRegularisations: ChargeRegularisation[];
  fundsCalls: FundsCall[];
  assemblyMinutes: AssemblyMinutes[];
  requests: ServiceRequest[];
  residenceRequests: ResidenceRequest[];
  catalogue: RequestCatalogue;
  surveys: Survey[];
}

const euros = (amount: string) => ({ amount, currency: "EUR" as const });
/** From October backwards: over both changes of the clocks. */
const months = ["10", "09", "05", "04", "03"];
const lastDays: Record<string, string> = {
  "10": "31",
  "09": "30",
  "05": "31",
  "04": "30",
  "03": "31",
};
const periodOf = (month: string) => ({
  from: `2026-${month}-01`,
  to: `2026-${month}-${lastDays[month]}`,
});

export function listsOf(contractKey: string, index: number): Lists {
  const documents = documentsOf(contractKey, index);
  return {
    ...documents,
    entries: months.map((month) => ({
      key: `${contractKey}-E${month}`,
      date: `2026-${month}-01`,
      label: `Loyer d'été n° ${month}`,
      owed: euros(month === "04" ? "-600.10" : `60${index}.30`),
      period: periodOf(month),
    })),
    payments: months.map((month) => ({
      key: `${contractKey}-P${month}`,
      date: `2026-${month}-05`,
      amount: euros(`60${index}.30`),
      method: "TRANSFER",
      status: "RECEIVED",
    })),
    plan: {
      agreedOn: "2026-01-15",
      total: euros(`20${index}.10`),
      instalments: [
        { dueDate: "2026-02-05", amount: euros("100.05"), status: "PAID" },
        { dueDate: "2026-03-05", amount: euros(`10${index}.05`), status: "DUE" },
      ],
    },
    requests: months.map((month, nth) => requestOf(contractKey, month, nth)),
    residenceRequests: months.map((month) => ({
      key: `${contractKey}-R${month}`,
      category: "TECHNICAL",
      place: "Hall",
      reason: "Éclairage",
      status: "IN_PROGRESS",
      createdAt: `2026-${month}-10T06:00:00Z`,
    })),
    catalogue: {
      places: [{ key: `L${index}`, label: "Cuisine" }],
      reasons: [
        { key: "R1", label: "Fuite", category: "TECHNICAL", placeNeeded: true },
        { key: "R2", label: "Attestation", category: "ADMINISTRATIVE", placeNeeded: false },
      ],
    },
    surveys: surveysOf(contractKey),
  };
}

function documentsOf(contractKey: string, index: number) {
  const head = (letters: string, month: string) => ({
    key: `${contractKey}-${letters}${month}`,
    contractKey,
    title: `Document de ${month}`,
    issuedOn: `2026-${month}-20`,
  });
  return {
    rentNotices: months.map((month) => ({
      ...head("A", month),
      period: periodOf(month),
      dueDate: `2026-${month}-28`,
      total: euros(`60${index}.30`),
      lines: [
        { label: "Loyer", amount: euros(`61${index}.30`) },
        { label: "Réduction de loyer", amount: euros("-10.00") },
      ],
    })),
    rentReceipts: months.map((month) => ({
      ...head("Q", month),
      kind: "FULL" as const,
      period: periodOf(month),
      paid: euros(`60${index}.30`),
      rent: euros("500.00"),
      charges: euros(`10${index}.30`),
    })),
    chargeRegularisations: months.map((month) => ({
      ...head("C", month),
      year: 2025,
      actual: euros(`90${index}.10`),
      provisions: euros("950.00"),
      difference: euros(`-${49 - index}.90`),
    })),
    fundsCalls: months.map((month) => ({
      ...head("F", month),
      zone: "ALL_CO_OWNERS" as const,
      period: periodOf(month),
      dueDate: `2026-${month}-28`,
      total: euros("75.00"),
    })),
    assemblyMinutes: months.map((month) => ({
      ...head("V", month),
      zone: "ALL_CO_OWNERS" as const,
      meetingDate: `2026-${month}-02`,
    })),
  };
}

/** The changes of the clocks of 2026 were on 29 March and 25 October. */
function requestOf(contractKey: string, month: string, nth: number): ServiceRequest {
  const createdAt = `2026-${month}-28T22:30:00Z`;
  const done = nth > 2;
  return {
    key: `${contractKey}-D${month}`,
    contractKey,
    number: `D${month}`,
    category: "TECHNICAL",
    place: "Cuisine",
    reason: "Fuite",
    description: `Fuite <sous> l'évier & ailleurs.\n${"Une longue phrase. ".repeat(60)}${month}`,
    status: done ? "DONE" : "IN_PROGRESS",
    createdAt,
    updates: [
      { at: createdAt, status: "RECEIVED", comment: null },
      { at: `2026-${month}-28T23:30:00Z`, status: done ? "DONE" : "IN_PROGRESS", comment: "Vu" },
    ],
  };
}

/** More of them than there are checks that answer one. */
const surveysOf = (contractKey: string): Survey[] =>
  Array.from({ length: 20 }, (_, nth) => ({
    key: `${contractKey}-S${nth}`,
    contractKey,
    kind: "SLS",
    year: 2040 - nth,
    dueDate: "2026-12-15",
    status: "OPEN",
    householdStatus: null,
    members: [
      {
        key: `${contractKey}-S${nth}-1`,
        surname: "L'Œuf",
        givenName: "Élodie",
        birthDate: "1980-03-31",
        occupation: null,
        taxIncome: null,
        taxNoticeNeeded: true,
        taxNoticeReceived: false,
      },
    ],
  }));
