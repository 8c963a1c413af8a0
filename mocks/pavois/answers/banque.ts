import { addDays } from "../../world/days.ts";
import type { WorldContract, WorldDirectDebit } from "../../world/types.ts";
import { box, el } from "../format.ts";
import { pastMandates } from "../kept.ts";
import { keyOfContract } from "../keys.ts";
import { contractsAsked, type Answer } from "./answer.ts";

export const readBankDetails: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .flatMap((contract) => {
      const { bank } = contract;
      if (!bank) return [];
      return box(
        "cpt:CoordonneesBancaires",
        el("cpt:NumeroContrat", keyOfContract(contract)),
        el("cpt:Iban", bank.iban.replace(/.{4}(?=.)/g, "$& ")),
        el("cpt:Bic", bank.bic),
        el("cpt:TitulaireCompte", bank.holder ?? undefined),
      );
    })
    .join(""),
});

/** With those that the newest one took the place of: oldest first. */
export const listMandates: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .flatMap((contract) => {
      const mandate = contract.directDebit;
      if (!mandate) return [];
      const past = pastMandates.of(contract);
      const all = [before(past[0] ?? mandate), ...past, mandate];
      return all.map((one) => mandateXml(contract, one));
    })
    .join(""),
});

const before = (mandate: WorldDirectDebit): WorldDirectDebit => ({
  mandateReference: mandate.mandateReference.replace(/^(?:\+\+)?RUM/, "ANC").slice(0, 34),
  day: 0,
  signedOn: addDays(mandate.signedOn, -200),
  status: "ENDED",
});

const states = { ACTIVE: "ACTIF", SUSPENDED: "SUSPENDU", ENDED: "REVOQUE" };

const mandateXml = (contract: WorldContract, mandate: WorldDirectDebit) =>
  box(
    "cpt:Mandat",
    el("cpt:NumeroContrat", keyOfContract(contract)),
    el("cpt:Rum", mandate.mandateReference),
    el("cpt:JourPrelevement", String(mandate.day)),
    el("cpt:SigneLe", mandate.signedOn),
    el("cpt:Etat", states[mandate.status]),
  );
