/** Habilog's many ways to say no. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountEntries, balances, bankAccounts } from "../../ports/billing.ts";
import { registrations } from "../../ports/identity.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";

const contractKey = "L1200227";

describe("An answer of Habilog", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const bank = async () => (await erp.use(bankAccounts).ofContracts([contractKey], call))[0];
  const search = async () => {
    const reference = { kind: "CONTRACT", reference: contractKey } as const;
    return (await erp.use(registrations).byReferences([reference], call))[0];
  };
  const alarms = () => erp.logs.filter(({ level }) => level === "error");
  const failing = async (asked: Promise<unknown>) =>
    asked.then(
      () => expect.unreachable(),
      (error: unknown) => error as { code: string; message: string; cause?: Error },
    );

  it("that calls it an error when there is nothing is an empty list, and nothing to log", async () => {
    erp.instead("LireRib", "rien.xml");
    erp.instead("ListerEcritures", "rien.xml");
    expect(await bank()).toBeNull();
    const page = { contractKey, first: 10, after: null };
    expect(await erp.use(accountEntries).ofContracts([page], call)).toEqual([
      { items: [], endCursor: null, hasNextPage: false, total: 0 },
    ]);
    expect(erp.logs).toEqual([]);
  });

  it("with nothing inside refuses our credentials: UNAVAILABLE, and an error in the log", async () => {
    erp.instead("LireRib", "vide.xml");
    expect(await failing(bank())).toMatchObject({ code: "UNAVAILABLE", reason: "CREDENTIALS" });
    expect(alarms()).toHaveLength(1);
    expect(JSON.stringify(erp.logs)).not.toContain("habilog-demo");
  });

  it.each([
    ["closed", "<LireRibResult/>"],
    ["nil", '<LireRibResult xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="true"/>'],
    ["blank", "<LireRibResult> \n </LireRibResult>"],
    ["absent", ""],
  ])("whose result is %s has nothing inside", async (_, result) => {
    erp.change("LireRib", (text) => text.replace(/<LireRibResult>.*<\/LireRibResult>/s, result));
    expect((await failing(bank())).code).toBe("UNAVAILABLE");
    expect(alarms()).toHaveLength(1);
  });

  it("with a warning is as good as one without", async () => {
    const recorded = await erp.use(balances).ofContracts([contractKey], call);
    expect(recorded[0]).not.toBeNull();
    erp.change("LireSolde", (text) => text.replace(/<Message>.*<\/Message>/s, ""));
    expect(await erp.use(balances).ofContracts([contractKey], call)).toEqual(recorded);
  });

  it("with a warning and no record is none", async () => {
    erp.change("LireSolde", (text) => text.replace(/<Solde>.*<\/Solde>/s, ""));
    const asked = erp.use(balances).ofContracts([contractKey], call);
    expect((await failing(asked)).code).toBe("BAD_RESPONSE");
  });

  it.each([
    ["Traitement de nuit en cours", "UNAVAILABLE", 0],
    ["Base inconnue : IVRY", "UNAVAILABLE", 1],
    ["ORA-00942 table absente", "BAD_RESPONSE", 0],
  ])("with the error message %j is %s", async (message, code, logged) => {
    erp.instead("LireRib", "rien.xml", (text) => text.replace("Aucun enregistrement", message));
    const error = await failing(bank());
    expect([error.code, alarms().length]).toEqual([code, logged]);
    expect(error.message).not.toContain(message);
    expect(error.cause?.message).toContain(message);
  });

  it("is refused by any error among several messages", async () => {
    const more = "<Message><Type>E</Type><Texte>Erreur de lecture</Texte></Message>";
    erp.instead("LireRib", "rien.xml", (text) => text.replace("</Message>", `</Message>${more}`));
    expect((await failing(bank())).code).toBe("BAD_RESPONSE");
  });

  it.each([
    ["-1", "UNAVAILABLE", 1],
    ["-3", "UNAVAILABLE", 1],
    ["-4", "UNAVAILABLE", 1],
    ["", "UNAVAILABLE", 1],
    [" ", "UNAVAILABLE", 1],
    ["-5", "BAD_RESPONSE", 0],
    ["0", "BAD_RESPONSE", 0],
    ["peut-être", "BAD_RESPONSE", 0],
    ["&lt;Autre/&gt;", "BAD_RESPONSE", 0],
    ["&lt;Locataires/&gt;", "BAD_RESPONSE", 0],
    ["&lt;!DOCTYPE x&gt;&lt;Locataires/&gt;", "BAD_RESPONSE", 0],
  ])("with %j where a document belongs is %s", async (content, code, logged) => {
    erp.change("RechercherLocataire", (text) =>
      text.replace(/(Result>).*(<\/RechercherLocataireResult>)/s, `$1${content}$2`),
    );
    expect([(await failing(search())).code, alarms().length]).toEqual([code, logged]);
  });

  it("with -2 where a document belongs knows nobody", async () => {
    erp.change("RechercherLocataire", (text) =>
      text.replace(/(Result>).*(<\/RechercherLocataireResult>)/s, "$1-2$2"),
    );
    expect(await search()).toEqual([]);
    expect(erp.logs).toEqual([]);
  });

  const fault = (side: string, own: string) =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:${side}</faultcode><faultstring>Erreur</faultstring><detail><Erreur><Code>${own}</Code><Trace>SELECT IBAN FROM HAB_RIB</Trace></Erreur></detail></s:Fault></s:Body></s:Envelope>`;

  it.each([
    ["Server", "OCCUPE", "RATE_LIMITED"],
    ["Server", "TECHNIQUE", "UNAVAILABLE"],
    ["Client", "SCHEMA", "INTERNAL"],
    ["Autre", "", "BAD_RESPONSE"],
  ])("that is a Fault of the %s with %j is %s", async (side, own, code) => {
    for (const status of [500, 200]) {
      erp.always(fault(side, own), status);
      const error = await failing(bank());
      expect(error.code).toBe(code);
      expect(error.message + error.cause?.message).not.toContain("SELECT");
    }
  });

  it("that is a page of HTML is none", async () => {
    erp.always("<!DOCTYPE html><title>Connexion</title>");
    expect((await failing(bank())).code).toBe("BAD_RESPONSE");
  });

  it("about another contract is none", async () => {
    erp.change("LireRib", (text) => text.replace(contractKey, "L1200228"));
    expect((await failing(bank())).code).toBe("BAD_RESPONSE");
  });
});
