import { changePerson } from "../../world/apply.ts";
import type { WorldPerson } from "../../world/types.ts";
import { personIn, type ReadDemand } from "./demand.ts";
import { addressIn, refuseUnknownPostalCode } from "./fields.ts";

const titles: Record<string, WorldPerson["title"]> = { "M.": "MR", MME: "MRS" };

const addressFields = ["Voie", "CodePostal", "Ville", "Pays"];

/** Blank fields stay as they are. */
export const changeTenant: ReadDemand = (fields, { directory }) => {
  const person = personIn(fields, directory);
  const address = addressFields.some((name) => fields[name] !== "") ? addressIn(fields) : undefined;
  const phone = fields["Telephone"] === "*" ? null : fields["Telephone"] || undefined;
  const given = {
    title: titles[fields["Civilite"]!],
    surname: fields["Nom"] || undefined,
    givenName: fields["Prenom"] || undefined,
    email: fields["Courriel"] || undefined,
    phone,
    address,
  };
  const content = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return {
    kind: "personChanges",
    person,
    contract: null,
    content,
    apply: () => {
      if (address) refuseUnknownPostalCode(address);
      changePerson(person, content);
    },
  };
};
