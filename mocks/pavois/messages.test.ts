import { describe, expect, it } from "vitest";
import { MessageError, operations, readMessage, type Operation } from "./messages.ts";
import { namespaces } from "./namespaces.ts";
import { lint } from "./schema.ts";
import { usualMessage } from "./usual.ts";
import { parseXml, XmlError } from "../kit/xml.ts";

const { ctr, cpt, com, dem } = namespaces;
const number = "<NumeroContrat>L/2013936</NumeroContrat>";
const page = (skip: string, max: string) =>
  `<Pagination><SkipRecords xmlns="${com}">${skip}</SkipRecords><MaxRecords xmlns="${com}">${max}</MaxRecords></Pagination>`;
const balances = (inner: string, attributes = "") =>
  `<LireSoldes xmlns="${cpt}"${attributes}>${inner}</LireSoldes>`;
const entries = (inner: string) => `<ListerEcritures xmlns="${cpt}">${inner}</ListerEcritures>`;
const requests = (inner: string) => `<ListerDemandes xmlns="${dem}">${inner}</ListerDemandes>`;

const change = (operation: Operation, ...edits: [string | RegExp, string][]) =>
  edits.reduce((source, [from, to]) => source.replace(from, to), usualMessage(operation));

const good: [string, string][] = [
  ...operations.map((name): [string, string] => [name, usualMessage(name)]),
  ["twenty contracts", balances(number.repeat(20))],
  [
    "other prefixes",
    `<x:LireSoldes xmlns:x="${cpt}"><x:NumeroContrat>L/0000001</x:NumeroContrat></x:LireSoldes>`,
  ],
  ["no selection", requests(number + page("0", "1"))],
  ["no optional part", change("ModifierLocataire", [/<Civilite.*<\/Adresse>/, ""])],
  ["no telephone in the list", change("ModifierLocataire", [/<Telephone xml.*?<\/Telephone>/, ""])],
  ["a text of 60 characters", change("DeclarerOccupant", ["Dupont", "😀".repeat(60)])],
  [
    "a text with all that XML escapes",
    change("DeclarerOccupant", ["Dupont", "]]&gt;&lt;a/>&amp;x;"]),
  ],
  ["base64 in lines", change("DeclarerAssurance", ["JVBERi0=", "JVBE\nRi0="])],
  ["white space and comments", balances(`\n <!-- ici --> ${number}\n`)],
];

const bad: [string, string][] = [
  ["an unknown operation", `<Effacer xmlns="${cpt}"/>`],
  ["the wrong namespace", `<LireSoldes xmlns="${ctr}">${number}</LireSoldes>`],
  ["no namespace", `<LireSoldes>${number}</LireSoldes>`],
  ["nothing inside", balances("")],
  ["twenty-one contracts", balances(number.repeat(21))],
  ["a contract without its L", balances("<NumeroContrat>2013936</NumeroContrat>")],
  ["a contract with spaces", balances("<NumeroContrat> L/2013936 </NumeroContrat>")],
  ["an unknown element", balances(`${number}<Devise>EUR</Devise>`)],
  ["an unknown attribute", balances(number, ' urgent="1"')],
  ["text between elements", balances(`${number}oui`)],
  ["an element in a value", balances("<NumeroContrat>L/2013936<b/></NumeroContrat>")],
  ["a page before the contract", entries(page("0", "1") + number)],
  ["no page", entries(number)],
  [
    "a page in the wrong namespace",
    entries(
      `${number}<Pagination><SkipRecords>0</SkipRecords><MaxRecords>1</MaxRecords></Pagination>`,
    ),
  ],
  ["MaxRecords of zero", entries(number + page("0", "0"))],
  ["SkipRecords below zero", entries(number + page("-1", "10"))],
  ["a number in words", entries(number + page("dix", "10"))],
  ["an unknown selection", requests(`${number}<Selection>OUVERTE</Selection>${page("0", "1")}`)],
  ["no reference", change("ResilierPrelevement", [/<Ref.*?<\/Ref[^>]*>/, ""])],
  ["a reference of 41 characters", change("ResilierPrelevement", [/0192f[^<]*/, "r".repeat(41)])],
  ["a text of 61 characters", change("DeclarerOccupant", ["Dupont", "é".repeat(61)])],
  ["an empty text", change("DeclarerOccupant", ["Dupont", ""])],
  ["a day that does not exist", change("DeclarerOccupant", ["2001-01-31", "2001-02-29"])],
  ["an hour that does not exist", change("EnregistrerReglementCarte", ["T12:00:00", "T25:00:00"])],
  ["a time with a zone", change("EnregistrerReglementCarte", ["T12:00:00", "T12:00:00Z"])],
  ["parts of a cent", change("EnregistrerReglementCarte", ["12.5<", "12.505<"])],
  ["a negative amount", change("EnregistrerReglementCarte", ["12.5<", "-12.5<"])],
  ["day 29 for debits", change("ModifierJourPrelevement", [">5<", ">29<"])],
  ["an IBAN with spaces", change("ModifierCoordonneesBancaires", ["FR76", "FR76 "])],
  [
    "a line of 39 characters",
    change("ModifierAdresseFacturation", ["1 rue du Port", "x".repeat(39)]),
  ],
  ["what is no base64", change("DeclarerAssurance", ["JVBERi0=", "JVBERi0"])],
  ["a file of another type", change("DeclarerAssurance", ["application/pdf", "text/html"])],
  [
    "the address in another namespace",
    change("ModifierAdresseFacturation", [/commun(?=">1 rue)/, "contrat"]),
  ],
  ["a household that is none", change("RepondreEnquete", ["PACSE", "AUTRE"])],
  ["a mis-cased element", balances("<numeroContrat>L/2013936</numeroContrat>")],
  ["neither of a choice", `<RechercherLocataire xmlns="${namespaces.loc}"/>`],
  [
    "both of a choice",
    `<RechercherLocataire xmlns="${namespaces.loc}"><ReferenceClient>2013936</ReferenceClient>${number}</RechercherLocataire>`,
  ],
];

const readable = (source: string) => {
  try {
    readMessage(parseXml(source));
    return true;
  } catch (error) {
    if (error instanceof MessageError || error instanceof XmlError) return false;
    throw error;
  }
};

describe("A message", () => {
  it.each(good)("is taken with %s", (_, source) => {
    expect(readable(source)).toBe(true);
  });

  it.each(bad)("is refused with %s", (_, source) => {
    expect(readable(source)).toBe(false);
  });

  it("is judged by libxml2 and the XSDs as by the hand-written reader", async () => {
    const all = [...good, ...bad];
    const verdicts = await lint(all.map(([, source]) => source));
    const fits = all.filter((_, i) => verdicts[i] === null).map(([name]) => name);
    expect(fits).toEqual(good.map(([name]) => name));
  });
});
