/** What the adapter needs of syndeo's documents; see wire.ts. */
import { z } from "zod";
import { Day, Text } from "../../ports/values.ts";
import { Montant } from "./values.ts";
import { Contrat, names } from "./wire.ts";

const document = { Contrat, Titre: Text, EmisLe: Day };
const Zone = z.enum(["TOUS", "INDIVIDUEL", "CONSEIL"]);
export type Zone = z.infer<typeof Zone>;

export const AppelFonds = z.object({
  ...document,
  Reference: z.string().regex(names.FUNDS_CALL),
  Nature: z.literal("APPEL_FONDS"),
  Zone,
  PeriodeDu: Day,
  PeriodeAu: Day,
  ExigibleLe: Day,
  Montant,
});
export type AppelFonds = z.infer<typeof AppelFonds>;

export const Pv = z.object({
  ...document,
  Reference: z.string().regex(names.ASSEMBLY_MINUTES),
  Nature: z.literal("PV"),
  Zone,
  ReunionLe: Day,
});
export type Pv = z.infer<typeof Pv>;

const receipt = {
  ...document,
  Reference: z.string().regex(names.RENT_RECEIPT),
  Nature: z.literal("QUITTANCE"),
  PeriodeDu: Day,
  PeriodeAu: Day,
  Montant,
};

/** A quittance must tell rent from charges; a reçu may not. */
export const Quittance = z.discriminatedUnion("Type", [
  z.object({ ...receipt, Type: z.literal("QUITTANCE"), Loyer: Montant, Charges: Montant }),
  z.object({
    ...receipt,
    Type: z.literal("RECU"),
    Loyer: Montant.optional(),
    Charges: Montant.optional(),
  }),
]);
export type Quittance = z.infer<typeof Quittance>;

export const AppelLoyer = z.object({
  ...document,
  Reference: z.string().regex(names.RENT_NOTICE),
  Nature: z.literal("APPEL_LOYER"),
  PeriodeDu: Day,
  PeriodeAu: Day,
  ExigibleLe: Day,
  Montant,
  Lignes: z.array(z.object({ Libelle: Text, Montant })),
});
export type AppelLoyer = z.infer<typeof AppelLoyer>;
