/** Calls Pavois by hand, for tests: a signed envelope around a body that the test writes. */
import { randomBytes } from "node:crypto";
import { digestOf } from "./security.ts";
import { passwordDigest, soap12, wsse, wsu } from "./namespaces.ts";
import { servicePath } from "./start.ts";
import { escapeXml, parseXml, type XmlElement } from "../kit/xml.ts";

export interface Token {
  username?: string;
  password?: string;
  nonce?: string;
  created?: string;
}

export function signedEnvelope(body: string, token: Token = {}): string {
  const {
    username = "portail",
    password = "pavois-demo",
    nonce = randomBytes(16).toString("base64"),
    created = new Date().toISOString(),
  } = token;
  return (
    `<s:Envelope xmlns:s="${soap12}"><s:Header><wsse:Security xmlns:wsse="${wsse}" xmlns:wsu="${wsu}">` +
    `<wsse:UsernameToken><wsse:Username>${escapeXml(username)}</wsse:Username>` +
    `<wsse:Password Type="${passwordDigest}">${digestOf(nonce, created, password)}</wsse:Password>` +
    `<wsse:Nonce>${nonce}</wsse:Nonce><wsu:Created>${created}</wsu:Created></wsse:UsernameToken>` +
    `</wsse:Security></s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

/** Posts an envelope as it is. */
export function post(erpUrl: string, envelope: string): Promise<Response> {
  return fetch(erpUrl + servicePath, {
    method: "POST",
    headers: { "content-type": "application/soap+xml; charset=utf-8" },
    body: envelope,
  });
}

/** The body's first child and the HTTP status. */
export async function callPavois(erpUrl: string, body: string, token?: Token) {
  const response = await post(erpUrl, signedEnvelope(body, token));
  const text = await response.text();
  return { status: response.status, text, answer: bodyOf(text) };
}

function bodyOf(text: string): XmlElement {
  const body = parseXml(text).children.find((child) => child.name === "Body");
  return body!.children[0]!;
}

/** The texts of all elements of that name, wherever they stand. */
export function textsOf(element: XmlElement, name: string): string[] {
  const own = element.name === name ? [element.text] : [];
  return [...own, ...element.children.flatMap((child) => textsOf(child, name))];
}
