import type { WorldPerson } from "../../world/types.ts";
import { array, flux } from "../envelope.ts";
import { address, box, el, slashed } from "../format.ts";
import { keyOfPerson } from "../keys.ts";
import { BusinessError, notFound, type Answer } from "./answer.ts";

const civilities = { MR: "M", MRS: "MME" };

const tiers = (person: WorldPerson): string =>
  box(
    "tiers",
    el("numero_tiers", keyOfPerson(person)),
    el("civilite", civilities[person.title]),
    el("nom", person.surname),
    el("nom_naissance", person.birthSurname),
    el("prenom", person.givenName),
    el("date_naissance", slashed(person.birthDate)),
    el("courriel", person.email),
    el("telephone", person.phone),
    address(person.address),
  );

/** The array has the first signatory first; the flux is in no order that means anything. */
export const searchIntitule: Answer = (values, directory) => {
  const { numero_intitule: intitule, numero_contrat: number, numero_tiers: person } = values;
  if (!intitule && !number && !person) {
    throw new BusinessError("BAD_PARAMETERS", "Aucun critère renseigné");
  }
  const contract = !intitule && number ? directory.contract(number) : undefined;
  const found = intitule
    ? directory.intitule(intitule)
    : number
      ? contract && directory.intituleOf(contract)
      : [directory.person(person!)].flatMap((each) => each && directory.intitulesOf(each))[0];
  if (!found) throw notFound(values);
  const { holders } = found;
  return (
    array("titulaires", holders.map(keyOfPerson)) +
    flux(holders.toSorted((a, b) => b.number - a.number).map(tiers))
  );
};

export const readTiers: Answer = (values, directory) => {
  const person = directory.person(values.numero_tiers!);
  if (!person) throw notFound(values);
  const intitules = directory.intitulesOf(person).map(({ key, holders }) => ({
    numero_intitule: key,
    libelle: holders.map(({ surname }) => surname.toUpperCase()).join(" / "),
  }));
  return array("intitules", intitules) + flux([tiers(person)]);
};
