/** Calls Intitulo by hand, for tests. */
import { escapeXml, parseXml, type XmlElement } from "../kit/xml.ts";
import { ns, soap11 } from "./description.ts";
import { servicePath } from "./start.ts";

const login = { application: "test", utilisateur: "portail", mot_de_passe: "intitulo-demo" };

/** A login, and what stands for the other parts. */
export function envelope(operation: string, parts: string, who = {}): string {
  const fields = Object.entries({ ...login, entite: "1", ...who })
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join("");
  return (
    `<s:Envelope xmlns:s="${soap11}"><s:Body><n:${operation} xmlns:n="${ns}">` +
    `<authentification>${fields}</authentification>${parts}</n:${operation}></s:Body></s:Envelope>`
  );
}

/** The values in the order in which they are bound, under names that mean nothing. */
export const inOrder = (values: readonly string[]): string =>
  values.map((value, i) => `<p${i}>${escapeXml(value)}</p${i}>`).join("");

export function post(erpUrl: string, body: string, headers = {}): Promise<Response> {
  return fetch(erpUrl + servicePath, {
    method: "POST",
    headers: { "content-type": "text/xml; charset=utf-8", ...headers },
    body,
  });
}

export interface Answered {
  code: string;
  label: string;
  /** The document in the string, as it stands there. */
  document: string;
  flux: XmlElement;
  answer: XmlElement;
}

/** Calls with values in order. */
export async function ask(
  erpUrl: string,
  operation: string,
  values: readonly string[],
): Promise<Answered> {
  const response = await post(erpUrl, envelope(operation, inOrder(values)));
  const answer = parseXml(await response.text()).children[0]!.children[0]!;
  const [code, label] = answer.children[0]!.children.map(({ text }) => text);
  const document = answer.children.find(({ name }) => name === "flux")?.text ?? "<flux/>";
  return { code: code!, label: label!, document, flux: parseXml(document), answer };
}

/** The texts of all elements of that name, wherever they stand. */
export function textsOf(element: XmlElement, name: string): string[] {
  const own = element.name === name ? [element.text] : [];
  return [...own, ...element.children.flatMap((child) => textsOf(child, name))];
}
