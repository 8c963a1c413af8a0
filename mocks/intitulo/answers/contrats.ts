import type { WorldContract, WorldPerson, WorldUnit } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { flux } from "../envelope.ts";
import { address, box, dotted, el, slashed } from "../format.ts";
import { keyOfContract, keyOfPerson } from "../keys.ts";
import { contractsAsked, type Answer } from "./answer.ts";

export const modes = { DIRECT_DEBIT: "PRE", CARD: "CB", TRANSFER: "VIR", CHEQUE: "CHQ" } as const;
const natures = { DWELLING: "LOG", PARKING: "PKG", STORAGE: "CAV" } as const;

/** 0 to come, 1 running, 5 ended. */
const state = ({ start, end }: WorldContract, today: string) =>
  start > today ? "0" : end !== null && end < today ? "5" : "1";

const lot = ({ reference, kind, label, address: where }: WorldUnit): string =>
  box(
    "lot",
    el("reference", reference),
    el("nature", natures[kind]),
    el("libelle", label),
    address(where),
  );

const holder = (person: WorldPerson): string =>
  box(
    "titulaire",
    el("numero_tiers", keyOfPerson(person)),
    el("nom", person.surname),
    el("prenom", person.givenName),
  );

function contrat(contract: WorldContract, directory: Directory): string {
  const { key, holders } = directory.intituleOf(contract);
  return box(
    "contrat",
    el("numero_contrat", keyOfContract(contract)),
    el("numero_intitule", key),
    el("etat", state(contract, directory.today)),
    el("date_effet", slashed(contract.start)),
    el("date_fin", contract.end && dotted(contract.end)),
    el("mode_reglement", modes[contract.paymentMethod]),
    ...holders.map(holder),
    // Whatever was added last comes first.
    ...contract.units.map(lot).toReversed(),
  );
}

export const listContracts: Answer = (values, directory) => {
  const asked = contractsAsked(values, directory);
  const ended = values.avec_resilies === "1" || values.numero_contrat !== "";
  const shown = asked.filter((contract) => ended || state(contract, directory.today) !== "5");
  return flux(shown.map((contract) => contrat(contract, directory)));
};

export const listContacts: Answer = (values, directory) =>
  flux(
    contractsAsked(values, directory).flatMap((contract) =>
      contract.contacts.map(({ role, name, phone, email }) =>
        box(
          "interlocuteur",
          el("numero_contrat", keyOfContract(contract)),
          el("fonction", role),
          el("nom", name),
          el("telephone", phone),
          el("courriel", email),
        ),
      ),
    ),
  );
