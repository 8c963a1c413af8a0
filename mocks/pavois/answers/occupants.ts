import { addDays } from "../../world/days.ts";
import type { WorldContract, WorldOccupant, WorldPerson } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { box, el } from "../format.ts";
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

/** Where several live, the last of them has given notice of leaving, but is still there. */
function householdXml(contract: WorldContract, { today }: Directory): string {
  const { occupants } = contract;
  const [first] = occupants;
  if (!first) return "";
  const former = { ...first, number: first.number + 900, relationship: "Ami", birthDate: null };
  const shown = occupants.map((occupant, i) => {
    const leaves = i > 0 && i === occupants.length - 1 ? addDays(today, 30) : undefined;
    return occupantXml(contract, occupant, leaves);
  });
  return [occupantXml(contract, former, addDays(today, -1)), ...shown].join("");
}

const occupantXml = (contract: WorldContract, occupant: WorldOccupant, left?: string) =>
  box(
    "ctr:Occupant",
    el("ctr:NumeroOccupant", keyOfOccupant(occupant)),
    el("ctr:NumeroContrat", keyOfContract(contract)),
    el("ctr:Nom", occupant.surname),
    el("ctr:Prenom", occupant.givenName),
    el("ctr:DateNaissance", occupant.birthDate),
    el("ctr:Lien", occupant.relationship),
    el("ctr:EntreeLe", occupant.since ?? undefined),
    el("ctr:SortieLe", left),
  );
