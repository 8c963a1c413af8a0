import { z } from "zod";
import { changePort, FileRef } from "./changes.ts";
import { port, read, type BatchRead } from "./port.ts";
import { Day, Key, Text, Typed } from "./values.ts";

/** What a request may be about, in the landlord's words. */
export const RequestCatalogue = z.strictObject({
  /** Lieux. */
  places: z.array(z.strictObject({ key: Key, label: Text })),
  /** Motifs. */
  reasons: z
    .array(
      z.strictObject({
        key: Key,
        label: Text,
        category: z.enum(["TECHNICAL", "ADMINISTRATIVE"]),
        /** Whether a place must be named with it. */
        placeNeeded: z.boolean(),
      }),
    )
    .min(1),
});
export type RequestCatalogue = z.infer<typeof RequestCatalogue>;

export interface RequestCatalogues {
  /** Per contract key. */
  ofContracts: BatchRead<string, RequestCatalogue>;
}
export const requestCatalogues = port<RequestCatalogues>("requestCatalogues", {
  ofContracts: read(RequestCatalogue),
});

const HourOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const ServiceRequestCreation = z.strictObject({
  /** Keys of the catalogue. */
  reasonKey: Key,
  placeKey: Key.nullable(),
  description: Typed.max(4000),
  /** When somebody is at home, in the landlord's own time. */
  availabilities: z.array(z.strictObject({ day: Day, from: HourOfDay, to: HourOfDay })).max(5),
  /** Whom to call; E.164. */
  contactPhone: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$/)
    .nullable(),
  photos: z.array(FileRef).max(5),
});
export type ServiceRequestCreation = z.infer<typeof ServiceRequestCreation>;
/** Demande, réclamation. The reference of what is applied is the key of the `ServiceRequest`. */
export const serviceRequestCreations = changePort(
  "serviceRequestCreations",
  "CONTRACT",
  ServiceRequestCreation,
);
