import { parseXml, XmlError, type XmlElement } from "../../kit/xml.ts";
import { changePerson, type PersonFields } from "../../world/apply.ts";
import type { WorldAddress, WorldPerson } from "../../world/types.ts";
import { faultOf } from "../flux-schema.ts";
import { keyOfPerson } from "../keys.ts";
import { BusinessError, notFound, refuseLong, type Answer } from "./answer.ts";

/** All of what the document has, or nothing. */
export const changeTiers: Answer = (values, directory, writes) => {
  const person = directory.person(values.numero_tiers!);
  if (!person) throw notFound({ numero_tiers: values.numero_tiers! });
  refuseLong(values, { reference_externe: 40 });
  const changes = changesIn(readModification(values.flux!));
  refuseAbroadCode(changes.address);
  changePerson(person, changes);
  const key = keyOfPerson(person);
  writes.applied({
    kind: "personChanges",
    contract: null,
    person: key,
    reference: values.reference_externe || null,
    content: changes,
  });
  return `<numero_tiers xsi:type="xsd:string">${key}</numero_tiers>`;
};

function readModification(text: string): XmlElement {
  refuseUnstorable(text);
  const root = parse(text);
  const [modification] = root.children;
  const alone = root.name === "flux" && root.children.length === 1;
  if (!modification || !alone || modification.name !== "modification") {
    throw new BusinessError("BAD_PARAMETERS", "Une modification attendue dans le flux");
  }
  const fault = faultOf(modification, "modification");
  if (fault) throw new BusinessError("BAD_PARAMETERS", fault);
  return modification;
}

function parse(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new BusinessError("BAD_PARAMETERS", `flux : ${error.message}`);
  }
}

/** Its columns hold three bytes for a character. */
function refuseUnstorable(text: string): void {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return;
  throw new BusinessError("1366", "Incorrect string value: '\\xF0\\x9F' for column at row 1");
}

const titles: Record<string, WorldPerson["title"]> = { M: "MR", MME: "MRS" };

function changesIn({ children }: XmlElement): PersonFields {
  const changes: PersonFields = {};
  for (const element of children) {
    const text = element.text.trim();
    if (element.name === "civilite") changes.title = titles[text]!;
    if (element.name === "nom") changes.surname = text;
    if (element.name === "prenom") changes.givenName = text;
    if (element.name === "courriel") changes.email = text.toLowerCase() || null;
    if (element.name === "telephone") changes.phone = text || null;
    if (element.name === "adresse") changes.address = addressIn(element);
  }
  return changes;
}

function addressIn({ children }: XmlElement): WorldAddress {
  const textsOf = (name: string) =>
    children.filter((child) => child.name === name).map(({ text }) => text.trim());
  const [country] = textsOf("pays");
  return {
    lines: textsOf("ligne"),
    postalCode: textsOf("code_postal")[0]!,
    city: textsOf("ville")[0]!,
    ...(country ? { country } : {}),
  };
}

function refuseAbroadCode(address: WorldAddress | undefined): void {
  if (!address || address.country || /^\d{5}$/.test(address.postalCode)) return;
  throw new BusinessError("BAD_VALUE", "Code postal inconnu");
}
