import { addRequest } from "../../world/apply.ts";
import { keyOfContract, keyOfRequest } from "../keys.ts";
import { places, reasons } from "../subjects.ts";
import { filesIn, openContract, refuseValue, textOf, valueOf, type Write } from "./write.ts";

export const createRequest: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const reason = reasons.find(({ code }) => code === textOf(request, "CodeMotif"));
  const placeCode = valueOf(request, "CodeLieu");
  const place = places.find(({ code }) => code === placeCode) ?? null;
  refuseValue(!reason, "motif inconnu");
  refuseValue(placeCode !== null && !place, "lieu inconnu");
  refuseValue(reason!.placeNeeded && !place, "lieu obligatoire pour ce motif");
  const availabilities = (request.groups.Disponibilite ?? []).map((slot) => ({
    day: textOf(slot, "Le"),
    from: textOf(slot, "De"),
    to: textOf(slot, "A"),
  }));
  refuseValue(
    availabilities.some(({ from, to }) => from >= to),
    "disponibilité qui finit avant de commencer",
  );
  const photos = filesIn(request, "Photo");
  const added = addRequest(contract, {
    category: reason!.nature === "TECHNIQUE" ? "TECHNICAL" : "ADMINISTRATIVE",
    place: place?.label ?? null,
    reason: reason!.label,
    description: textOf(request, "Description"),
    createdAt: ground
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, "Z"),
  });
  const content = {
    reason: reason!.code,
    place: placeCode,
    description: added.description,
    availabilities,
    phone: valueOf(request, "Telephone"),
    photos,
  };
  const object = keyOfRequest(added);
  return {
    kind: "serviceRequestCreations",
    contract: keyOfContract(contract),
    person: null,
    content,
    object,
  };
};
