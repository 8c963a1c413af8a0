/** syndeo's documents into the ports' data. Pure. */
import type { AssemblyMinutes, FundsCall, RentNotice, RentReceipt } from "../../ports/documents.ts";
import { euros } from "./values.ts";
import type * as wire from "./wire-documents.ts";

const head = (document: Pick<wire.Pv, "Contrat" | "Titre" | "EmisLe"> & { Reference: string }) => ({
  key: document.Reference,
  contractKey: document.Contrat,
  title: document.Titre,
  issuedOn: document.EmisLe,
});

const period = ({ PeriodeDu, PeriodeAu }: { PeriodeDu: string; PeriodeAu: string }) => ({
  from: PeriodeDu,
  to: PeriodeAu,
});

const zones = {
  TOUS: "ALL_CO_OWNERS",
  INDIVIDUEL: "ONE_CO_OWNER",
  CONSEIL: "COUNCIL",
} as const;

export const fundsCall = (appel: wire.AppelFonds): FundsCall => ({
  ...head(appel),
  zone: zones[appel.Zone],
  period: period(appel),
  dueDate: appel.ExigibleLe,
  total: euros(appel.Montant),
});

export const assemblyMinutes = (pv: wire.Pv): AssemblyMinutes => ({
  ...head(pv),
  zone: zones[pv.Zone],
  meetingDate: pv.ReunionLe,
});

const eurosOrNull = (amount: string | undefined) => (amount === undefined ? null : euros(amount));

export const rentReceipt = (quittance: wire.Quittance): RentReceipt => ({
  ...head(quittance),
  kind: quittance.Type === "QUITTANCE" ? "FULL" : "PARTIAL",
  period: period(quittance),
  paid: euros(quittance.Montant),
  rent: eurosOrNull(quittance.Loyer),
  charges: eurosOrNull(quittance.Charges),
});

export const rentNotice = (appel: wire.AppelLoyer): RentNotice => ({
  ...head(appel),
  period: period(appel),
  dueDate: appel.ExigibleLe,
  total: euros(appel.Montant),
  lines: appel.Lignes.map(({ Libelle, Montant }) => ({ label: Libelle, amount: euros(Montant) })),
});
