/** What Intitulo publishes of itself, and what it checks calls against: its own WSDL, read by hand. */
import { readFileSync } from "node:fs";
import { parseXml, type XmlElement } from "../kit/xml.ts";

export const ns = "http://intitulo.example/ns/";
export const soap11 = "http://schemas.xmlsoap.org/soap/envelope/";

const read = (name: string) => readFileSync(new URL(`./wsdl/${name}`, import.meta.url), "utf8");
export const wsdlText = read("serveur_portail.wsdl");
export const fluxSchema = read("flux.xsd");

export interface Part {
  name: string;
  /** The names inside a record; null for text. */
  fields: string[] | null;
}

const named = (elements: XmlElement[], name: string) =>
  elements.filter((element) => element.name === name);
const attribute = (element: XmlElement, name: string) => element.attributes.get(name) ?? "";
const local = (name: string) => name.split(":").at(-1)!;

/** The parts of each operation's request, in the order by which they are bound. */
export const operations: ReadonlyMap<string, Part[]> = readOperations(parseXml(wsdlText));

function readOperations(definitions: XmlElement): Map<string, Part[]> {
  const { children } = definitions;
  const schema = named(children, "types")[0]!.children[0]!;
  const records = new Map(
    named(schema.children, "complexType").map((type) => [
      attribute(type, "name"),
      named(type.children, "all").flatMap((all) =>
        all.children.map((field) => attribute(field, "name")),
      ),
    ]),
  );
  const partOf = (part: XmlElement): Part => {
    const fields = records.get(local(attribute(part, "type"))) ?? null;
    return { name: attribute(part, "name"), fields };
  };
  const messages = new Map(
    named(children, "message").map((message) => [
      attribute(message, "name"),
      message.children.map(partOf),
    ]),
  );
  const [portType] = named(children, "portType");
  return new Map(
    portType!.children.map((operation) => {
      const [input] = named(operation.children, "input");
      const parts = messages.get(local(attribute(input!, "message")))!;
      return [attribute(operation, "name"), parts];
    }),
  );
}
