import { z } from "zod";
import { ofOnePerson } from "./keep.ts";
import { port, read, type BatchRead } from "./port.ts";
import type { ContractPage } from "./billing.ts";
import { Key, Moment, Text, pageOf, type Page } from "./values.ts";

export const RequestStatus = z.enum([
  "RECEIVED",
  "IN_PROGRESS",
  "SCHEDULED",
  "WAITING_FOR_TENANT",
  "DONE",
  "CANCELLED",
]);
export type RequestStatus = z.infer<typeof RequestStatus>;

/** Avancement. */
export const StatusUpdate = z.strictObject({
  at: Moment,
  status: RequestStatus,
  /** What the landlord wrote for the tenant, as plain text. */
  comment: Text.nullable(),
});

/** Demande, réclamation. */
export const ServiceRequest = z.strictObject({
  key: Key,
  contractKey: Key,
  /** The number that the tenant may quote. */
  number: Text,
  category: z.enum(["TECHNICAL", "ADMINISTRATIVE"]),
  /** Lieu and motif, in the landlord's words. */
  place: Text.nullable(),
  reason: Text,
  description: Text.nullable(),
  status: RequestStatus,
  createdAt: Moment,
  /** Oldest first; the last one's status is `status`. */
  updates: z.array(StatusUpdate),
});
export type ServiceRequest = z.infer<typeof ServiceRequest>;

export interface RequestPage extends ContractPage {
  /** OPEN: neither DONE nor CANCELLED. CLOSED: the others. */
  readonly state: "OPEN" | "CLOSED" | "ALL";
}

export interface RequestKey {
  readonly contractKey: string;
  readonly key: string;
}

export interface ServiceRequests {
  /** Newest first. */
  ofContracts: BatchRead<RequestPage, Page<ServiceRequest>>;
  /** Null for what does not exist or belongs to another contract. */
  byKeys: BatchRead<RequestKey, ServiceRequest | null>;
}
export const serviceRequests = port<ServiceRequests>("serviceRequests", {
  ofContracts: read(pageOf(ServiceRequest), ofOnePerson),
  byKeys: read(ServiceRequest.nullable(), ofOnePerson),
});

/** A request of the building, with nothing by which to know whose it is. */
export const ResidenceRequest = z.strictObject({
  key: Key,
  category: z.enum(["TECHNICAL", "ADMINISTRATIVE"]),
  /** Where in the common parts. */
  place: Text.nullable(),
  reason: Text,
  status: RequestStatus,
  createdAt: Moment,
});
export type ResidenceRequest = z.infer<typeof ResidenceRequest>;

export interface ResidenceRequests {
  /** What is open in the common parts of the contract's building, newest first. */
  ofContracts: BatchRead<ContractPage, Page<ResidenceRequest>>;
}
export const residenceRequests = port<ResidenceRequests>("residenceRequests", {
  ofContracts: read(pageOf(ResidenceRequest), ofOnePerson),
});
