import type { WorldContract, WorldOccupant, WorldPerson } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { box, el } from "../format.ts";
import { departuresOf } from "../kept.ts";
import { keyOfContract, keyOfOccupant, keyOfPerson } from "../keys.ts";
import { contractsAsked, type Answer } from "./answer.ts";

/** Everybody who was ever declared: signatories, those who live there, one who has left. */
export const listOccupants: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .map((contract) => {
      const signatories = directory.signatoriesOf(contract);
      return (
        signatories.map((person) => signatoryXml(contract, person)).join("") +
        householdXml(contract, directory)
      );
    })
    .join(""),
});

const signatoryXml = (contract: WorldContract, person: WorldPerson) =>
  box(
    "ctr:Occupant",
    el("ctr:NumeroOccupant", keyOfPerson(person)),
    el("ctr:NumeroContrat", keyOfContract(contract)),
    el("ctr:Titulaire", "true"),
    el("ctr:Nom", person.surname),
    el("ctr:Prenom", person.givenName),
    el("ctr:DateNaissance", person.birthDate),
    el("ctr:Lien", "Titulaire"),
    el("ctr:EntreeLe", contract.start),
    el("ctr:SortieLe", contract.end ?? undefined),
  );

function householdXml(contract: WorldContract, { today }: Directory): string {
  const { left, leaving } = departuresOf(contract, today);
  return [
    ...left.map((occupant) => occupantXml(contract, occupant, occupant.leftOn)),
    ...contract.occupants.map((one) => occupantXml(contract, one, leaving.get(one.number))),
  ].join("");
}

const occupantXml = (contract: WorldContract, occupant: WorldOccupant, left?: string) =>
  box(
    "ctr:Occupant",
    el("ctr:NumeroOccupant", keyOfOccupant(occupant)),
    el("ctr:NumeroContrat", keyOfContract(contract)),
    el("ctr:Nom", occupant.surname),
    el("ctr:Prenom", occupant.givenName || null),
    el("ctr:DateNaissance", occupant.birthDate),
    el("ctr:Lien", occupant.relationship || null),
    el("ctr:EntreeLe", occupant.since ?? undefined),
    el("ctr:SortieLe", left),
  );
