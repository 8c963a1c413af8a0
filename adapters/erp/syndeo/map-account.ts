/** syndeo's accounts into the ports' data. Pure; moments need the ERP's zone. */
import type {
  AccountEntry,
  Balance,
  BankDetails,
  DirectDebit,
  Ledger,
  Payment,
} from "../../ports/billing.ts";
import { momentOnWall } from "../../transport/wall-clock.ts";
import { paymentMethods, roleOrder } from "./map.ts";
import { euros, opposite } from "./values.ts";
import type * as wire from "./wire.ts";

/** In `Solde` syndeo counts for the person; `asOf` is when the data were published. */
export const balance = (
  solde: Pick<wire.Solde, "Solde" | "EnRetard">,
  publishedAt: string,
  timeZone: string,
): Balance => ({
  owed: opposite(solde.Solde),
  late: solde.EnRetard,
  asOf: momentOnWall(publishedAt, timeZone),
});

const ledgerKinds = { LOCATAIRE: "TENANT", COPROPRIETAIRE: "CO_OWNER", BAILLEUR: "OWNER" } as const;

export const ledger = (compte: wire.Compte, publishedAt: string, timeZone: string): Ledger => ({
  key: compte.Id,
  kind: ledgerKinds[compte.Nature],
  label: compte.Libelle,
  balance: balance(compte, publishedAt, timeZone),
});

export const tenantFirst = (a: Ledger, b: Ledger): number =>
  roleOrder.indexOf(a.kind) - roleOrder.indexOf(b.kind);

/** In `Ecritures` syndeo counts against the person, as the port does. */
export const accountEntry = (ecriture: wire.Ecriture): AccountEntry => ({
  key: ecriture.Id,
  date: ecriture.Date,
  label: ecriture.Libelle,
  owed: euros(ecriture.Montant),
  period:
    ecriture.PeriodeDu === null || ecriture.PeriodeAu === null
      ? null
      : { from: ecriture.PeriodeDu, to: ecriture.PeriodeAu },
});

const paymentStates = { ENCAISSE: "RECEIVED", EN_ATTENTE: "PENDING", IMPAYE: "REJECTED" } as const;

export const payment = (reglement: wire.Reglement): Payment => ({
  key: reglement.Id,
  date: reglement.Date,
  amount: euros(reglement.Montant),
  method: paymentMethods[reglement.Mode],
  status: paymentStates[reglement.Etat],
});

export const bankDetails = ({ Iban, Bic, Titulaire }: wire.Rib): BankDetails | null =>
  Iban === null ? null : { iban: Iban, bic: Bic, holder: Titulaire };

const mandateStates = { ACTIF: "ACTIVE", SUSPENDU: "SUSPENDED", CLOS: "ENDED" } as const;

export const directDebit = ({ Mandat }: wire.Prelevement): DirectDebit | null =>
  Mandat && {
    mandateReference: Mandat.Rum,
    day: Mandat.Jour,
    signedOn: Mandat.SigneLe,
    status: mandateStates[Mandat.Etat],
  };
