import { describe, expect, it } from "vitest";
import { parseXml } from "../kit/xml.ts";
import { messageOf } from "./caller.ts";
import { lint } from "./lint.ts";
import { faultIn, fieldsOf, namespace, operations } from "./schema.ts";

const keys: Record<string, string> = {
  ReferenceExterne: "0123",
  NumeroTiers: "40000001",
  NumeroContrat: "L1200001",
  NumeroDocument: "AV000001001",
};
const keyFor = (operation: string) => keys[fieldsOf(operation)[3]!.name]!;

const balance = messageOf("LireSolde", "L1200001");
const written = (operation: string, texts: Record<string, string>) =>
  messageOf(operation, keyFor(operation), {}, texts);
const blank = (operation: string) =>
  Object.fromEntries(
    fieldsOf(operation).flatMap(({ name, type }) => {
      if (["ReferenceExterne", "NumeroTiers"].includes(name)) return [];
      return [[name, type === "Date" ? " ".repeat(10) : type === "Jour" ? "00" : ""]];
    }),
  );
const fourLines = Array(4).fill("x".repeat(38)).join("\n");
const goodWrites: [string, string][] = [
  ["a tenant of whom nothing changes", written("ModifierLocataire", blank("ModifierLocataire"))],
  ["a telephone abroad", written("ModifierLocataire", { Telephone: "004915112345678" })],
  ["a telephone to be wiped out", written("ModifierLocataire", { Telephone: "*   " })],
  ["four lines of 38", written("ModifierFacturation", { Voie: fourLines })],
  ["a field filled to its end", written("ModifierFacturation", { Destinataire: "é".repeat(100) })],
  ["an emoji, which counts once", written("EnregistrerOccupant", { Nom: "😀".repeat(50) })],
  ["no file", written("EnregistrerAssurance", { NomFichier: "", TypeContenu: "", Contenu: "" })],
  ["base64 in lines", written("EnregistrerAssurance", { Contenu: "JVBE\nRi0=" })],
  ["the longest IBAN", written("ModifierRib", { IBAN: "MT84 MALT 0110 0001 2345 MTLC AST0 01S" })],
  ["a stop", written("DemanderPrelevement", { ...blank("DemanderPrelevement"), Action: "S" })],
  ["a no-break space in an amount", written("EnregistrerReglement", { Montant: "1\u00A0234,56" })],
];
const good: [string, string][] = [
  ...goodWrites,
  ...operations.map((name): [string, string] => [name, messageOf(name, keyFor(name))]),
  ["a key filled up with spaces", messageOf("LireSolde", "L1200001  ")],
  ["any password", messageOf("LireSolde", "L1200001", { password: " <&é \n" })],
  ["white space and comments", balance.replace("<Base>", "\n <!-- ici --> <Base>")],
];
const badWrites: [string, string][] = [
  ["no reference", written("ModifierRib", { ReferenceExterne: "" })],
  ["a long reference", written("EnregistrerReglement", { ReferenceExterne: "A".repeat(26) })],
  ["a long field", written("ModifierFacturation", { Destinataire: "é".repeat(101) })],
  ["a line too many", written("ModifierFacturation", { Voie: `${fourLines}\nx` })],
  ["a line of 39", written("ModifierFacturation", { Voie: "x".repeat(39) })],
  ["a tab in a field", written("EnregistrerOccupant", { Nom: "a\tb" })],
  ["a telephone as E.164", written("ModifierLocataire", { Telephone: "+33149602100" })],
  ["another title", written("ModifierLocataire", { Civilite: "DR" })],
  ["a day as in ISO 8601", written("EnregistrerAssurance", { DateFin: "2027-12-31" })],
  ["what is not base64", written("EnregistrerAssurance", { Contenu: "été" })],
  ["an IBAN without spaces", written("ModifierRib", { IBAN: "FR7630006000011234567890189" })],
  ["an amount with a point", written("EnregistrerReglement", { Montant: "1234.56" })],
  ["an unknown action", written("EnregistrerOccupant", { Action: "X" })],
  ["the key of a tenant for a document", messageOf("LireDocument", "40000001")],
];
const bad: [string, string][] = [
  ...badWrites,
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
