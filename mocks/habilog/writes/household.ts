import { addOccupant, changeOccupant, removeOccupant } from "../../world/apply.ts";
import type { WorldContract, WorldOccupant } from "../../world/types.ts";
import type { Fields } from "../call.ts";
import { keyOfOccupant } from "../keys.ts";
import { partiesIn, refuseEnded, type Office, type ReadDemand } from "./demand.ts";
import { inThisOrder, optionalDay, Refused, required } from "./fields.ts";

type Action = (fields: Fields, contract: WorldContract, office: Office) => Asked;

interface Asked {
  content: Record<string, unknown>;
  apply(): void;
}

const actions: Record<string, Action> = { A: add, M: change, S: remove };

export const changeHousehold: ReadDemand = (fields, office) => {
  const parties = partiesIn(fields, office.directory);
  const { content, apply } = actions[fields["Action"]!]!(fields, parties.contract, office);
  return {
    kind: "occupantChanges",
    ...parties,
    content,
    apply: () => {
      refuseEnded(parties.contract, office.directory);
      apply();
    },
  };
};

function occupantIn(fields: Fields): Omit<WorldOccupant, "number"> {
  const [birthDate, since] = [
    optionalDay(fields, "DateNaissance"),
    optionalDay(fields, "DateArrivee"),
  ];
  inThisOrder(birthDate, since);
  return {
    surname: required(fields, "Nom"),
    givenName: fields["Prenom"]!,
    birthDate,
    relationship: fields["LienParente"]!,
    since,
  };
}

function add(fields: Fields, contract: WorldContract, office: Office): Asked {
  const occupant = occupantIn(fields);
  return {
    content: { action: "ADD", ...occupant },
    apply: () => {
      refuseUnborn(occupant, office);
      addOccupant(contract, occupant, office.departed);
    },
  };
}

function change(fields: Fields, contract: WorldContract, office: Office): Asked {
  const key = occupantKeyIn(fields);
  const occupant = occupantIn(fields);
  return {
    content: { action: "CHANGE", key, ...occupant },
    apply: () => {
      refuseUnborn(occupant, office);
      changeOccupant(contract, find(contract, key).number, occupant);
    },
  };
}

function remove(fields: Fields, contract: WorldContract, office: Office): Asked {
  const key = occupantKeyIn(fields);
  const leftOn = optionalDay(fields, "DateDepart");
  return {
    content: { action: "REMOVE", key, leftOn },
    apply: () => {
      const occupant = find(contract, key);
      inThisOrder(occupant.since, leftOn);
      removeOccupant(contract, occupant.number);
      office.departed.push(occupant);
    },
  };
}

function occupantKeyIn(fields: Fields): string {
  const key = required(fields, "NumeroOccupant");
  if (key.startsWith("T")) throw new Refused("Titulaire non modifiable");
  return key;
}

function find(contract: WorldContract, key: string): WorldOccupant {
  const occupant = contract.occupants.find((each) => keyOfOccupant(each) === key);
  if (!occupant) throw new Refused("Occupant inconnu");
  return occupant;
}

function refuseUnborn({ birthDate }: Pick<WorldOccupant, "birthDate">, { directory }: Office) {
  if (birthDate !== null && birthDate > directory.today) {
    throw new Refused("Date de naissance dans le futur");
  }
}
