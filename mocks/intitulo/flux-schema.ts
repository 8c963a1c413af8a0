/** Holds a document against the published flux.xsd, read by hand; knows the constructs it uses. */
import { parseXml, type XmlElement } from "../kit/xml.ts";
import { fluxSchema } from "./description.ts";

const schema = parseXml(fluxSchema);
const nameOf = (element: XmlElement) => element.attributes.get("name");
const types = new Map(schema.children.map((type) => [nameOf(type) ?? "", type]));
const childOf = (element: XmlElement, name: string) =>
  element.children.find((child) => child.name === name);

/** What is wrong with an element of the named type; null when nothing is. */
export function faultOf(element: XmlElement, typeName: string): string | null {
  return faultBy(element, types.get(typeName)!);
}

function faultBy(element: XmlElement, type: XmlElement): string | null {
  const sequence = childOf(type, "sequence");
  if (sequence) return faultInside(element, sequence.children);
  if (element.children.length > 0) return `${element.name} : texte attendu`;
  const facets = childOf(type, "restriction")!.children;
  return fits(element.text, facets) ? null : `${element.name} : valeur incorrecte`;
}

function faultInside(element: XmlElement, declared: XmlElement[]): string | null {
  if (element.text.trim() !== "") return `${element.name} : texte inattendu`;
  let rest = element.children;
  for (const declaration of declared) {
    const name = nameOf(declaration);
    const others = rest.findIndex((child) => child.name !== name);
    const own = others < 0 ? rest : rest.slice(0, others);
    rest = rest.slice(own.length);
    const [least, most] = ["minOccurs", "maxOccurs"].map((bound) =>
      Number(declaration.attributes.get(bound) ?? 1),
    );
    if (own.length < least! || own.length > most!) return `${name} : ${own.length} fois`;
    const fault = own.map((child) => faultBy(child, typeOf(declaration))).find(Boolean);
    if (fault) return fault;
  }
  return rest.length > 0 ? `${rest[0]!.name} : inattendu` : null;
}

const typeOf = (declaration: XmlElement) =>
  types.get(declaration.attributes.get("type") ?? "") ?? childOf(declaration, "simpleType")!;

function fits(text: string, facets: XmlElement[]): boolean {
  const values = (name: string) =>
    facets.flatMap((facet) => (facet.name === name ? [facet.attributes.get("value")!] : []));
  const length = Array.from(text).length;
  const choices = values("enumeration");
  return (
    values("minLength").every((least) => length >= Number(least)) &&
    values("maxLength").every((most) => length <= Number(most)) &&
    values("pattern").every((pattern) => new RegExp(`^(?:${pattern})$`, "u").test(text)) &&
    (choices.length === 0 || choices.includes(text))
  );
}
