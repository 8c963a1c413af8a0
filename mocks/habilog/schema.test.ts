import { describe, expect, it } from "vitest";
import { parseXml } from "../kit/xml.ts";
import { messageOf } from "./caller.ts";
import { lint } from "./lint.ts";
import { faultIn, namespace, operations } from "./schema.ts";

const samples: Record<string, string> = {
  NumeroTiers: "40000001",
  NumeroContrat: "L1200001",
  NumeroDocument: "AV000001001",
};
const keyFor = (operation: string) =>
  Object.entries(samples).find(([name]) => messageOf(operation, "").includes(`<${name}>`))![1];

const balance = messageOf("LireSolde", "L1200001");
const good: [string, string][] = [
  ...operations.map((name): [string, string] => [name, messageOf(name, keyFor(name))]),
  ["a key filled up with spaces", messageOf("LireSolde", "L1200001  ")],
  ["any password", messageOf("LireSolde", "L1200001", { password: " <&é \n" })],
  ["white space and comments", balance.replace("<Base>", "\n <!-- ici --> <Base>")],
];
const bad: [string, string][] = [
  ["an unknown operation", balance.replaceAll("LireSolde", "EffacerSolde")],
  ["the element of an answer", `<LireSoldeResponse xmlns="${namespace}"/>`],
  ["another namespace", balance.replace(namespace, `${namespace}/v8`)],
  ["no namespace", balance.replace(` xmlns="${namespace}"`, "")],
  ["nothing inside", `<LireSolde xmlns="${namespace}"/>`],
  ["BaseDonnees where it is Base", balance.replaceAll("Base>", "BaseDonnees>")],
  [
    "Base where it is BaseDonnees",
    messageOf("ListerEcritures", "L1200001").replaceAll("BaseDonnees>", "Base>"),
  ],
  ["a mis-cased element", balance.replaceAll("MotDePasse", "motDePasse")],
  ["credentials after the key", balance.replace(/(<Utilis.*<\/Base>)(.*>)(<\/LireS)/, "$2$1$3")],
  ["no password", balance.replace(/<MotDePasse>.*<\/MotDePasse>/, "")],
  ["an element more", balance.replace("</LireSolde>", "<Devise>EUR</Devise></LireSolde>")],
  ["the key twice", balance.replace(/(<Num.*)(<\/LireSolde>)/, "$1$1$2")],
  ["a contract without its L", messageOf("LireSolde", "1200001")],
  ["a contract with three spaces", messageOf("LireSolde", "L1200001   ")],
  ["spaces before the key", messageOf("LireSolde", " L1200001")],
  ["an attribute", balance.replace("<Base>", '<Base langue="fr">')],
  ["an attribute on the message", balance.replace(" xmlns", ' urgent="1" xmlns')],
  ["text between elements", balance.replace("<Base>", "oui<Base>")],
  ["an element in a value", balance.replace("L1200001", "L1200001<b/>")],
];

describe("A message", () => {
  it.each(good)("is taken with %s", (_, source) => {
    expect(faultIn(parseXml(source))).toBeNull();
  });

  it.each(bad)("is refused with %s", (_, source) => {
    expect(faultIn(parseXml(source))).not.toBeNull();
  });

  it("is judged by libxml2 as by the reader of the XSD", async () => {
    const all = [...good, ...bad];
    const verdicts = await lint(all.map(([, source]) => source));
    const fits = all.filter((_, i) => verdicts[i] === null).map(([name]) => name);
    expect(fits).toEqual(good.map(([name]) => name));
  });
});
