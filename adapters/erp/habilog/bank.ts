/** RIB, mandate and payment plan of a contract. */
import { z } from "zod";
import type { BankAccounts, DirectDebits, PaymentPlans } from "../../ports/billing.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import type { Habilog } from "./client.ts";
import { amount, day, optionalDay } from "./map.ts";
import { itemPerContract } from "./per-contract.ts";

const bankRecord = z
  .object({ NumeroContrat: text, IBAN: text, BIC: optionalText, Titulaire: optionalText })
  .transform(({ NumeroContrat, IBAN, BIC, Titulaire }) => ({
    contract: NumeroContrat,
    item: { iban: IBAN.replace(/\s/g, ""), bic: BIC, holder: Titulaire },
  }));

export const createBankAccounts = (habilog: Habilog): BankAccounts => ({
  ofContracts: itemPerContract(habilog, {
    operation: "LireRib",
    element: "Rib",
    shape: bankRecord,
  }),
});

/** `00` where none was chosen. */
const dayOfMonth = z
  .string()
  .trim()
  .regex(/^\d{2}$/)
  .transform((digits) => Number(digits) || null);

const mandateRecord = z
  .object({
    NumeroContrat: text,
    RUM: text,
    Jour: dayOfMonth,
    DateSignature: optionalDay,
    Etat: codeOf({ A: "ACTIVE", S: "SUSPENDED", T: "ENDED" }),
  })
  .transform(({ NumeroContrat, RUM, Jour, DateSignature, Etat }) => ({
    contract: NumeroContrat,
    item: { mandateReference: RUM, day: Jour, signedOn: DateSignature, status: Etat },
  }));

export const createDirectDebits = (habilog: Habilog): DirectDebits => ({
  ofContracts: itemPerContract(habilog, {
    operation: "LirePrelevement",
    element: "Prelevement",
    shape: mandateRecord,
  }),
});

const instalmentRecord = z
  .object({
    DateEcheance: day,
    Montant: amount,
    Etat: codeOf({ R: "PAID", A: "DUE", I: "MISSED" }),
  })
  .transform(({ DateEcheance, Montant, Etat }) => ({
    dueDate: DateEcheance,
    amount: Montant,
    status: Etat,
  }));

const planRecord = z
  .object({
    NumeroContrat: text,
    DateAccord: day,
    MontantTotal: amount,
    Echeance: z.array(instalmentRecord).min(1),
  })
  .transform(({ NumeroContrat, DateAccord, MontantTotal, Echeance }) => ({
    contract: NumeroContrat,
    item: {
      agreedOn: DateAccord,
      total: MontantTotal,
      instalments: Echeance.toSorted((a, b) => (a.dueDate < b.dueDate ? -1 : 1)),
    },
  }));

export const createPaymentPlans = (habilog: Habilog): PaymentPlans => ({
  ofContracts: itemPerContract(habilog, {
    operation: "LireEcheancier",
    element: "Echeancier",
    shape: planRecord,
  }),
});
