/** What beauceron answers to changes, and about them. */
import { z } from "zod";
import { Text } from "../../ports/values.ts";
import { Demande, names, Reglement } from "./wire.ts";

/** One that came from us, under our reference. */
export const ReglementRecu = Reglement.extend({ reference: z.string() });
export type ReglementRecu = z.infer<typeof ReglementRecu>;

/** One that came from us, under our reference. */
export const DemandeRecue = Demande.extend({ reference: z.string() });

export const CatalogueDemandes = z.object({
  lieux: z.array(z.object({ code: z.string().regex(names.place), libelle: Text })),
  motifs: z
    .array(
      z.object({
        code: z.string().regex(names.reason),
        libelle: Text,
        categorie: z.enum(["TECHNIQUE", "ADMINISTRATIVE"]),
        lieu_obligatoire: z.boolean(),
      }),
    )
    .min(1),
});

/** What comes with a 204. */
export const Nothing = z.undefined();
