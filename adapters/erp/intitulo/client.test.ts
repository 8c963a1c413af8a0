import { beforeEach, describe, expect, it } from "vitest";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { buildingContacts, contracts } from "../../ports/contract.ts";
import { rentNotices } from "../../ports/documents.ts";
import type { PortError } from "../../ports/errors.ts";
import { persons, registrations } from "../../ports/identity.ts";
import { call, recorded, replayIntitulo, type Replay } from "./replay.ts";

const contractKey = "C2400005";
const page = { contractKey, first: 3, after: null };

let erp: Replay;
beforeEach(async () => {
  erp = await replayIntitulo();
});

const balance = async () => (await erp.use(balances).ofContracts([contractKey], call))[0];
const failure = () =>
  balance().then(
    () => expect.unreachable(),
    (error: PortError) => error,
  );

describe("A call", () => {
  const login = "trousseau|portail|s3cret & co|1";

  it("has all of its parts in the order of the WSDL, empty where they are not used", async () => {
    await balance();
    await erp.use(accountEntries).ofContracts([page], call);
    await erp.use(payments).ofContracts([page], call);
    await erp.use(buildingContacts).ofContracts([contractKey], call);
    await erp.use(rentNotices).ofContracts([page], call);
    await erp.use(rentNotices).byKeys([{ contractKey, key: "F00005036" }], call);
    await erp.use(contracts).ofPersons(["T10005"], call);
    const reference = { kind: "CONTRACT", reference: contractKey } as const;
    await erp.use(registrations).byReferences([reference], call);
    const sent = erp.asked.map(({ operation, parts }) => [
      operation,
      ...parts.map(({ text }) => text),
    ]);
    expect(sent).toEqual([
      ["lireSolde", login, "", contractKey],
      ["listerEcritures", login, "", contractKey, "", ""],
      ["listerContrats", login, "", contractKey, "1"],
      ["listerReglements", login, "T10005", "", ""],
      ["listerReglements", login, "T10006", "", ""],
      ["listerInterlocuteurs", login, "", contractKey],
      ["listerAvis", login, "", contractKey, "", ""],
      ["lireAvis", login, "F00005036"],
      ["lireTiers", login, "T10005"],
      ["listerContrats", login, "120005", "", "1"],
      ["rechercherIntitule", login, "", contractKey, ""],
    ]);
  });

  it("has its parts under the names that the WSDL gives them", async () => {
    await erp.use(accountEntries).ofContracts([page], call);
    expect(erp.asked[0]!.parts.map(({ name }) => name)).toEqual([
      "authentification",
      "numero_intitule",
      "numero_contrat",
      "date_debut",
      "date_fin",
    ]);
  });

  it("is not made for what is no number of Intitulo's", async () => {
    const odd = ["", "2400005", "C240000", "c2400005", "T10005", "C2400005 ", "%"];
    expect(await erp.use(balances).ofContracts(odd, call)).toEqual(odd.map(() => null));
    expect(await erp.use(persons).byKeys(odd.slice(0, 4), call)).toEqual(Array(4).fill(null));
    expect(erp.asked).toEqual([]);
  });
});

describe("The document in the string", () => {
  it("is read as the text that it is, whatever its prolog says of its encoding", async () => {
    expect(recorded("lireTiers").body).toContain('encoding="ISO-8859-15"?>');
    const [person] = await erp.use(persons).byKeys(["T10005"], call);
    expect(person!.surname).toBe("Müller");
  });

  it("may be cut into several CDATA sections, or escaped", async () => {
    erp.change("lireSolde", (body) => body.replace("<montant>", "<mon]]><![CDATA[tant>"));
    expect((await balance())!.owed.amount).toBe("0.00");
    erp.change("lireSolde", (body) =>
      body.replace(/<!\[CDATA\[([^]*?)\]\]>/, (_, text: string) =>
        text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
      ),
    );
    expect((await balance())!.owed.amount).toBe("0.00");
  });

  it.each([
    ["no string", /<flux xsi.*<\/flux>/s, ""],
    ["an empty one", /<!\[CDATA\[.*\]\]>/s, ""],
    ["no XML", /<!\[CDATA\[.*\]\]>/s, "rien"],
    ["a page", /<!\[CDATA\[.*\]\]>/s, "<![CDATA[<html><body>Erreur</body></html>]]>"],
    ["a DOCTYPE", "?>\n<flux", "?><!DOCTYPE flux><flux"],
    ["another document", /flux version="2">(.*)<\/flux>\]/s, "autre>$1</autre>]"],
    ["a document that ends too early", "</solde></flux>", "</solde>"],
  ])("is BAD_RESPONSE where there is %s", async (_, from, to) => {
    erp.change("lireSolde", (body) => {
      const changed = body.replace(from, to);
      expect(changed).not.toBe(body);
      return changed;
    });
    expect((await failure()).code).toBe("BAD_RESPONSE");
  });
});

describe("A result", () => {
  const result = (code: string, label = "") =>
    erp.change("lireSolde", (body) =>
      body.replace(/OK(<\/result_code>.*?)(<\/result_label>)/, `${code}$1${label}$2`),
    );

  it.each([
    ["BAD_CREDENTIALS", "UNAVAILABLE", 1],
    ["PERMISSION_DENIED", "UNAVAILABLE", 1],
    ["KO", "UNAVAILABLE", 0],
    ["1213", "UNAVAILABLE", 0],
    ["-1", "UNAVAILABLE", 0],
    ["DB_ERROR_NOSUCHFIELD", "UNAVAILABLE", 0],
    ["BAD_PARAMETERS", "INTERNAL", 0],
    ["NOT_PERMITTED", "BAD_RESPONSE", 0],
    ["ok", "BAD_RESPONSE", 0],
    ["", "BAD_RESPONSE", 0],
  ])("%j inside a 200 is %s", async (code, known, alarms) => {
    result(code);
    expect((await failure()).code).toBe(known);
    expect(erp.io.logged.filter(({ level }) => level === "error")).toHaveLength(alarms);
  });

  it("NOT_FOUND is nothing, not an error", async () => {
    erp.always("introuvable");
    expect(await balance()).toBeNull();
  });

  it("that is missing is BAD_RESPONSE", async () => {
    erp.change("lireSolde", (body) => body.replace(/<resultat.*<\/resultat>/, ""));
    expect((await failure()).code).toBe("BAD_RESPONSE");
  });

  it("never lets what Intitulo wrote into the message, nor our password anywhere", async () => {
    result("KO", "DUPOND Jean FR7630001007941234567890185");
    const business = await failure();
    expect(business.message).not.toMatch(/DUPOND|FR76/);
    expect(String(business.cause)).toContain("DUPOND");
    result("SELECT * FROM tiers");
    const odd = await failure();
    erp.always("faute");
    const fault = await failure();
    expect(`${odd.message} ${fault.message} ${String(fault.cause)}`).not.toMatch(
      /SELECT|\/var\/www/,
    );
    expect(JSON.stringify(erp.io.logged)).not.toMatch(/s3cret|FR76|SELECT/);
  });
});

describe("An answer that is none", () => {
  it.each([
    ["the page of a module that is off, with a 200", "module-arrete.html", "BAD_RESPONSE"],
    ["the page of a database that is down, with a 202", "base-arretee.html", "UNAVAILABLE"],
    ["a Fault about what we sent", "faute", "INTERNAL"],
    ["that of a refused password", "identifiants", "UNAVAILABLE"],
  ])("like %s", async (_, name, code) => {
    erp.always(name);
    expect((await failure()).code).toBe(code);
  });

  it.each([
    ["Server", "UNAVAILABLE"],
    ["MustUnderstand", "INTERNAL"],
    ["Odd", "BAD_RESPONSE"],
  ])("like a Fault %s is %s", async (side, code) => {
    const fault = recorded("faute");
    erp.always({ ...fault, body: fault.body.replace("SOAP-ENV:Client", `SOAP-ENV:${side}`) });
    expect((await failure()).code).toBe(code);
  });

  it("like a 500 without a word is UNAVAILABLE", async () => {
    erp.always({ status: 500, type: "text/html", body: "" });
    expect((await failure()).code).toBe("UNAVAILABLE");
  });

  it("like a warning before the envelope is BAD_RESPONSE", async () => {
    const { body } = recorded("lireSolde");
    erp.always({ status: 200, type: "text/xml", body: `<br /><b>Warning</b>: mysqli${body}` });
    expect((await failure()).code).toBe("BAD_RESPONSE");
  });
});
