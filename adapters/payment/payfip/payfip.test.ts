/** The client against answers that a server of ours gives: PayFiP's own forms, and wrong ones. */
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectProvider } from "../../load-payments.ts";
import type { PaymentProvider } from "../../ports/payment-provider.ts";
import { subjectOf } from "./begin.ts";
import kind from "./index.ts";

const namespace =
  "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService";
const idOp = "cc0cb210-1cd4-11ea-8cca-0213ad91a103";
const reference = "0ABCDEFGHIJKLMNOPQRSTUVWX";
const now = new Date("2026-11-21T10:30:00Z");
const createdAt = "2026-11-21T10:00:00Z";

let answer: { status: number; body: string };
let requests: { body: string; soapAction: string | undefined }[];
let server: Server;
let provider: PaymentProvider;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    requests.push({ body, soapAction: request.headers["soapaction"] as string | undefined });
    response.writeHead(answer.status, { "content-type": "text/xml;charset=utf-8" });
    response.end(answer.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tpa/services/securite`;
  const settings = kind.settings.parse({
    endpoint,
    pageUrl: "https://www.payfip.gouv.fr/tpa/paiementws.web",
    clientNumber: "090909",
    mode: "T",
    timeZone: "Europe/Paris",
  });
  provider = await connectProvider(kind, "cedre", settings, { log: () => {}, now: () => now });
});
afterAll(async () => {
  await provider.close();
  server.close();
});

const envelope = (inside: string) =>
  `<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inside}</S:Body></S:Envelope>`;
const fault = (name: string, code: string) =>
  envelope(
    `<S:Fault><faultcode>S:Server</faultcode><faultstring>secret of theirs</faultstring><detail><ns2:${name} xmlns:ns2="${namespace}"><code>${code}</code><descriptif/><libelle>secret of theirs</libelle><severite>2</severite></ns2:${name}></detail></S:Fault>`,
  );
const detail = (change: Record<string, string> = {}) => {
  const fields = {
    dattrans: "21112026",
    exer: "2026",
    heurtrans: "1105",
    idOp,
    mel: "helene@example.org",
    montant: "12050",
    numauto: "112233445566-tip",
    numcli: "090909",
    objet: "Contrat",
    refdet: reference,
    resultrans: "P",
    saisie: "T",
    ...change,
  };
  const inside = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return envelope(
    `<ns2:recupererDetailPaiementSecuriseResponse xmlns:ns2="${namespace}"><return>${inside.join("")}</return></ns2:recupererDetailPaiementSecuriseResponse>`,
  );
};

const call = { signal: new AbortController().signal, requestId: "test" };
const begun = {
  reference,
  amount: "120.50",
  createdAt,
  providerReference: idOp,
  expiresAt: "2026-11-21T10:15:00Z",
};

function answering(body: string, status = 200) {
  requests = [];
  answer = { status, body };
}
const ask = (body: string, change: Partial<typeof begun> = {}, status = 200) => {
  answering(body, status);
  return provider.ask({ ...begun, ...change }, call);
};

describe("creerPaiementSecurise", () => {
  const payment = {
    reference,
    dayNumber: 1,
    createdAt: "2026-12-31T23:30:00Z",
    amount: "120.50",
    label: "Contrat L/2013936 – Éloïse & fils",
    email: "helene@example.org",
    language: "fr",
    notifyUrl: "https://api.example.org/notifications/payfip/cedre?a=1&b=2",
    returnUrl: "https://api.example.org/payments/return/cedre/1",
  } as const;
  const created = envelope(
    `<ns4:creerPaiementSecuriseResponse xmlns:ns4="${namespace}"><return><idOp>${idOp}</idOp></return></ns4:creerPaiementSecuriseResponse>`,
  );

  it("is asked with unqualified fields in their order, cents, and the year on the wall", async () => {
    answering(created);
    expect(await provider.begin(payment, call)).toEqual({
      redirect: {
        method: "GET",
        url: `https://www.payfip.gouv.fr/tpa/paiementws.web?idop=${idOp}`,
      },
      providerReference: idOp,
      expiresAt: "2026-11-21T10:45:00.000Z",
    });
    const [request] = requests;
    expect(request!.soapAction).toBe('""');
    const [, prefix] = /<(\w+):creerPaiementSecurise[ >]/.exec(request!.body)!;
    expect(request!.body).toContain(`xmlns:${prefix}="${namespace}"`);
    const inside = /<arg0>(.*)<\/arg0>/s.exec(request!.body)![1]!;
    expect(inside).toBe(
      "<exer>2027</exer><mel>helene@example.org</mel><montant>12050</montant><numcli>090909</numcli>" +
        "<objet>Contrat L 2013936 Eloise fils</objet>" +
        `<refdet>${reference}</refdet><saisie>T</saisie>` +
        "<urlnotif>https://api.example.org/notifications/payfip/cedre?a=1&amp;b=2</urlnotif>" +
        "<urlredirect>https://api.example.org/payments/return/cedre/1</urlredirect>",
    );
  });

  it.each([
    ["FonctionnelleErreur", "A2", "INTERNAL", true],
    ["TechProtocolaireErreur", "T1", "INTERNAL", true],
    ["TechIndisponibiliteErreur", "T2", "UNAVAILABLE", true],
    ["TechDysfonctionnementErreur", "T3", "UNAVAILABLE", false],
  ])("refused with %s %s is %s", async (name, code, expected, notApplied) => {
    answering(fault(name, code), 500);
    const error = await provider.begin(payment, call).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: expected, notApplied });
    expect((error as Error).message).not.toContain("secret of theirs");
  });

  it("without an idOp leaves nobody any the wiser", async () => {
    answering(created.replace(idOp, ""));
    await expect(provider.begin(payment, call)).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      notApplied: false,
    });
  });
});

describe("recupererDetailPaiementSecurise", () => {
  it("says what was paid, with the time on the wall", async () => {
    expect(await ask(detail())).toEqual({
      state: "PAID",
      amount: "120.50",
      paidAt: "2026-11-21T11:05:00+01:00",
      transaction: idOp,
      means: "CARD",
      authorisation: "112233445566-tip",
    });
    expect(await ask(detail({ resultrans: "V" }))).toMatchObject({ means: "DIRECT_DEBIT" });
  });

  it.each([
    ["R", { state: "REFUSED", transaction: idOp }],
    ["Z", { state: "REFUSED", transaction: idOp }],
    ["A", { state: "ABANDONED" }],
  ])("with %s says that nothing was paid", async (resultrans, news) => {
    expect(await ask(detail({ resultrans }))).toEqual(news);
  });

  it("with A waits for another try, until twenty minutes after the beginning", async () => {
    const young = { createdAt: "2026-11-21T10:10:01Z" };
    expect(await ask(detail({ resultrans: "A" }), young)).toEqual({ state: "WAITING" });
    const old = { createdAt: "2026-11-21T10:10:00Z" };
    expect(await ask(detail({ resultrans: "A" }), old)).toEqual({ state: "ABANDONED" });
  });

  it("waits with P5, and with P1 until the page has closed", async () => {
    expect(await ask(fault("FonctionnelleErreur", "P5"), {}, 500)).toEqual({ state: "WAITING" });
    expect(await ask(fault("FonctionnelleErreur", "P1"), {}, 500)).toEqual({ state: "EXPIRED" });
    const open = { expiresAt: "2026-11-21T10:30:00Z" };
    expect(await ask(fault("FonctionnelleErreur", "P1"), open, 500)).toEqual({ state: "WAITING" });
    expect(await ask(fault("FonctionnelleErreur", "P5"), {}, 200)).toEqual({ state: "WAITING" });
  });

  it.each([
    ["numcli", "111111", "SHOP"],
    ["saisie", "W", "SHOP"],
    ["refdet", "0ABCDEFGHIJKLMNOPQRSTUVWY", "REFERENCE"],
    ["idOp", "cc0cb210-1cd4-11ea-8cca-0213ad91a104", "REFERENCE"],
  ])("with another %s is about something else", async (field, value, what) => {
    expect(await ask(detail({ [field]: value }))).toEqual({ state: "DIFFERS", what });
  });

  it.each([
    ["an unknown result", { resultrans: "X" }],
    ["no result", { resultrans: "" }],
    ["an amount that is no cents", { montant: "120.50" }],
    ["a day that cannot be", { dattrans: "31022026" }],
    ["no time", { heurtrans: "" }],
  ])("with %s tells nothing", async (_what, change) => {
    await expect(ask(detail(change))).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it.each(["TechDysfonctionnementErreur", "TechIndisponibiliteErreur"])(
    "with %s is to be asked again later",
    async (name) => {
      await expect(ask(fault(name, "P1"), {}, 500)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    },
  );
});

describe("a notification", () => {
  const read = (body: string, query = "") =>
    provider.readNotification({
      body: Buffer.from(body),
      contentType: "application/x-www-form-urlencoded",
      query,
    });

  it("is a hint, wherever it names the payment, and says nothing else", () => {
    const hint = { kind: "HINT", providerReference: idOp };
    expect(read(`idop=${idOp}`)).toEqual(hint);
    expect(read(`idOp=${idOp}&resultrans=P&montant=1`)).toEqual(hint);
    expect(read("", `idop=${idOp}`)).toEqual(hint);
  });

  it.each(["", "idop=", "idop=a&idop=b", `idop=${"a".repeat(61)}`, "idop=%3Cscript%3E"])(
    "that names none is rejected: %s",
    (body) => expect(read(body).kind).toBe("REJECTED"),
  );
});

describe("the interface", () => {
  it("is the one that the mock publishes", async () => {
    for (const file of ["PaiementSecuriseService.wsdl", "types/service.xsd", "types/requete.xsd"]) {
      const own = await readFile(new URL(`./wsdl/${file}`, import.meta.url), "utf8");
      const theirs = new URL(`../../../mocks/payfip/wsdl/${file}`, import.meta.url);
      expect(own, file).toBe(await readFile(theirs, "utf8"));
    }
  });

  it("takes a subject of plain letters and digits", () => {
    expect(subjectOf("  Loyer – L/2013936 (garage n° 3) ")).toBe("Loyer L 2013936 garage n 3");
    expect(subjectOf("é".repeat(200))).toBe("e".repeat(100));
  });
});
