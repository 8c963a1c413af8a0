import { addOccupant, changeOccupant, removeOccupant } from "../../world/apply.ts";
import type { OccupantFields } from "../../world/apply.ts";
import type { WorldContract, WorldOccupant } from "../../world/types.ts";
import { BusinessError } from "../answers/answer.ts";
import { departuresOf } from "../kept.ts";
import { keyOfContract, keyOfOccupant, thingNumberOf } from "../keys.ts";
import type { PavoisRequest } from "../messages.ts";
import {
  codes,
  openContract,
  refuseValue,
  textOf,
  valueOf,
  type Ground,
  type Write,
} from "./write.ts";

export const addOne: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const fields = fieldsIn(request, ground);
  const { left } = departuresOf(contract, ground.directory.today);
  const real = left.filter(({ number }) => number % 1000 < 900);
  const added = addOccupant(contract, fields, real);
  const object = keyOfOccupant(added);
  return { ...done(contract, { action: "ADD", ...shown(request) }), object };
};

export const changeOne: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const occupant = occupantAsked(contract, request, ground);
  changeOccupant(contract, occupant.number, fieldsIn(request, ground));
  const key = keyOfOccupant(occupant);
  return done(contract, { action: "CHANGE", key, ...shown(request) });
};

/** Without a day: declared by mistake, and gone without a trace. */
export const removeOne: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const occupant = occupantAsked(contract, request, ground);
  const { today } = ground.directory;
  const leftOn = valueOf(request, "SortieLe");
  refuseValue(
    leftOn !== null && leftOn < (occupant.since ?? contract.start),
    "sortie avant l'entrée",
  );
  const { left, leaving } = departuresOf(contract, today);
  if (leftOn !== null && leftOn >= today) leaving.set(occupant.number, leftOn);
  else {
    removeOccupant(contract, occupant.number);
    leaving.delete(occupant.number);
    if (leftOn !== null) left.push({ ...occupant, leftOn });
  }
  return done(contract, { action: "REMOVE", key: keyOfOccupant(occupant), leftOn });
};

const done = (contract: WorldContract, content: unknown) => ({
  kind: "occupantChanges",
  contract: keyOfContract(contract),
  person: null,
  content,
});

/** In the words of the World. */
const shown = (request: PavoisRequest) => ({
  surname: textOf(request, "Nom"),
  givenName: valueOf(request, "Prenom"),
  birthDate: valueOf(request, "DateNaissance"),
  relationship: valueOf(request, "Lien"),
  since: valueOf(request, "EntreeLe"),
});

/** The World has no occupant without a first name or a relationship: an empty text stands for none. */
function fieldsIn(request: PavoisRequest, { directory }: Ground): OccupantFields {
  const { givenName, relationship, ...fields } = shown(request);
  const { birthDate, since } = fields;
  refuseValue((birthDate ?? "") > directory.today, "naissance à venir");
  refuseValue(
    birthDate !== null && since !== null && since < birthDate,
    "entrée avant la naissance",
  );
  return { ...fields, givenName: givenName ?? "", relationship: relationship ?? "" };
}

function occupantAsked(
  contract: WorldContract,
  request: PavoisRequest,
  { directory }: Ground,
): WorldOccupant {
  const key = textOf(request, "NumeroOccupant");
  const number = /^O\d{8}$/.test(key) ? thingNumberOf(key) : 0;
  const found = contract.occupants.find((one) => one.number === number);
  if (found) return found;
  const gone = departuresOf(contract, directory.today).left.some((one) => one.number === number);
  if (gone) throw new BusinessError(codes.gone, `Occupant déjà sorti : ${key}`);
  throw new BusinessError(codes.unknown, `Occupant inconnu : ${key}`);
}
