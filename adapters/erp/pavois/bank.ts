/** Bank details and mandates of a contract. */
import { z } from "zod";
import type { BankAccounts, BankDetails, DirectDebit, DirectDebits } from "../../ports/billing.ts";
import { optionalText, text } from "../../transport/fields.ts";
import type { Pavois } from "./client.ts";
import { optionalDay } from "./map.ts";
import { firstBy, perContract } from "./per-contract.ts";

/** Pavois prints an IBAN in groups of four. */
const bankRecord = z
  .object({ NumeroContrat: text, Iban: text, Bic: optionalText, TitulaireCompte: optionalText })
  .transform(({ NumeroContrat, Iban, Bic, TitulaireCompte }) => {
    const item: BankDetails = {
      iban: Iban.replace(/\s/g, ""),
      bic: Bic,
      holder: TitulaireCompte,
    };
    return { contract: NumeroContrat, item };
  });

export const createBankAccounts = (pavois: Pavois): BankAccounts => ({
  ofContracts: perContract(
    pavois,
    { operation: "LireCoordonneesBancaires", element: "CoordonneesBancaires", shape: bankRecord },
    ([details = null]) => details,
  ),
});

/** 0 where none was chosen. */
const dayOfMonth = z
  .string()
  .regex(/^\s*\+?\d{1,2}\s*$/)
  .transform((digits) => Number(digits) || null);

const statuses = { ACTIF: "ACTIVE", SUSPENDU: "SUSPENDED", REVOQUE: "ENDED" } as const;

const mandateRecord = z
  .object({
    NumeroContrat: text,
    Rum: text,
    JourPrelevement: dayOfMonth,
    SigneLe: optionalDay,
    Etat: z.enum(["ACTIF", "SUSPENDU", "REVOQUE"]),
  })
  .transform(({ NumeroContrat, Rum, JourPrelevement, SigneLe, Etat }) => {
    const item: DirectDebit = {
      mandateReference: Rum,
      day: JourPrelevement,
      signedOn: SigneLe,
      status: statuses[Etat],
    };
    return { contract: NumeroContrat, item };
  });

/** By the day of signing; of two of the same day, the one that has not ended. */
function newestFirst(a: DirectDebit, b: DirectDebit): number {
  const [first, second] = [a.signedOn ?? "", b.signedOn ?? ""];
  if (first !== second) return first < second ? 1 : -1;
  return Number(a.status === "ENDED") - Number(b.status === "ENDED");
}

export const createDirectDebits = (pavois: Pavois): DirectDebits => ({
  ofContracts: perContract(
    pavois,
    { operation: "ListerMandats", element: "Mandat", shape: mandateRecord },
    firstBy(newestFirst),
  ),
});
