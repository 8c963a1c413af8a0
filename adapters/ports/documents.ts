import { z } from "zod";
import { ofOnePerson } from "./keep.ts";
import { port, read, stream, type BatchRead, type Call } from "./port.ts";
import type { ContractPage } from "./billing.ts";
import { Day, Key, Money, Period, Text, pageOf, type Page } from "./values.ts";

const document = {
  key: Key,
  contractKey: Key,
  /** As the portal lists it, `Avis d'échéance novembre 2026`. */
  title: Text,
  issuedOn: Day,
};

/** Names one document. The adapter answers only if it belongs to that contract. */
export interface DocumentKey {
  readonly contractKey: string;
  readonly key: string;
}

/**
 * The documents of one kind. Newest first. A document that exists but belongs to another contract
 * is null in `byKeys`, as one that does not exist.
 */
export interface DocumentsOf<D> {
  ofContracts: BatchRead<ContractPage, Page<D>>;
  byKeys: BatchRead<DocumentKey, D | null>;
}

const documentsOf = (item: z.ZodType) => ({
  ofContracts: read(pageOf(item), ofOnePerson),
  byKeys: read(item.nullable(), ofOnePerson),
});

export const NoticeLine = z.strictObject({ label: Text, amount: Money });

/** Avis d'échéance. */
export const RentNotice = z.strictObject({
  ...document,
  period: Period,
  dueDate: Day,
  /** What is asked for the period: the sum of the lines. */
  total: Money,
  lines: z.array(NoticeLine),
});
export type RentNotice = z.infer<typeof RentNotice>;
export const rentNotices = port<DocumentsOf<RentNotice>>("rentNotices", documentsOf(RentNotice));

/**
 * Quittance (FULL) or reçu (PARTIAL). A part payment gives a reçu, never a quittance
 * (loi 89-462, art. 21), and a quittance tells rent from charges.
 */
export const RentReceipt = z.strictObject({
  ...document,
  kind: z.enum(["FULL", "PARTIAL"]),
  period: Period,
  paid: Money,
  /** Null on a reçu, where the ERP does not split what was paid. */
  rent: Money.nullable(),
  charges: Money.nullable(),
});
export type RentReceipt = z.infer<typeof RentReceipt>;
export const rentReceipts = port<DocumentsOf<RentReceipt>>(
  "rentReceipts",
  documentsOf(RentReceipt),
);

/** Régularisation de charges: at least once a year (loi 89-462, art. 23). */
export const ChargeRegularisation = z.strictObject({
  ...document,
  year: z.int().min(1990).max(2200),
  /** What was spent for the contract. */
  actual: Money,
  /** What was called as provisions. */
  provisions: Money,
  /** actual - provisions: positive, the tenant owes. */
  difference: Money,
});
export type ChargeRegularisation = z.infer<typeof ChargeRegularisation>;
export const chargeRegularisations = port<DocumentsOf<ChargeRegularisation>>(
  "chargeRegularisations",
  documentsOf(ChargeRegularisation),
);

/**
 * Whom a document of a co-ownership is for (décret 2019-502): every co-owner, the one co-owner, or
 * the council (conseil syndical). An adapter lists only what the person behind the contract may see.
 */
export const Zone = z.enum(["ALL_CO_OWNERS", "ONE_CO_OWNER", "COUNCIL"]);

/** Appel de fonds, for a co-owner. */
export const FundsCall = z.strictObject({
  ...document,
  zone: Zone,
  period: Period,
  dueDate: Day,
  total: Money,
});
export type FundsCall = z.infer<typeof FundsCall>;
export const fundsCalls = port<DocumentsOf<FundsCall>>("fundsCalls", documentsOf(FundsCall));

/** Procès-verbal d'assemblée générale. */
export const AssemblyMinutes = z.strictObject({ ...document, zone: Zone, meetingDate: Day });
export type AssemblyMinutes = z.infer<typeof AssemblyMinutes>;
export const assemblyMinutes = port<DocumentsOf<AssemblyMinutes>>(
  "assemblyMinutes",
  documentsOf(AssemblyMinutes),
);

export const documentKinds = [
  "RENT_NOTICE",
  "RENT_RECEIPT",
  "CHARGE_REGULARISATION",
  "FUNDS_CALL",
  "ASSEMBLY_MINUTES",
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** The port of each kind: a kind that a landlord does not offer is a port that is not served. */
export const documentPorts = {
  RENT_NOTICE: rentNotices,
  RENT_RECEIPT: rentReceipts,
  CHARGE_REGULARISATION: chargeRegularisations,
  FUNDS_CALL: fundsCalls,
  ASSEMBLY_MINUTES: assemblyMinutes,
} as const satisfies Record<DocumentKind, unknown>;

export const DocumentHead = z.strictObject({
  /** A safe name with its extension, no path. */
  fileName: z.string().regex(/^[^/\\\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]{1,200}$/u),
  mediaType: z.enum(["application/pdf", "image/jpeg", "image/png"]),
  /** Null where the ERP does not say it before the end. */
  sizeBytes: z.int().positive().nullable(),
});

export interface DocumentContent extends z.infer<typeof DocumentHead> {
  /** The bytes, read from the ERP as they are asked for. Leaving the loop early closes the exchange. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface DocumentContents {
  /**
   * Opens a document for reading. Throws NOT_FOUND when it does not exist or is not of that
   * contract; BAD_RESPONSE when what comes is not the file that was announced.
   */
  open(key: DocumentKey & { readonly kind: DocumentKind }, call: Call): Promise<DocumentContent>;
}
export const documentContents = port<DocumentContents>("documentContents", {
  open: stream(DocumentHead),
});
