import { HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountEntries, balances } from "../../ports/billing.ts";
import type { PortError } from "../../ports/errors.ts";
import { call, fixture, recorded, replayPavois, type Replay } from "./replay.ts";

const page = { contractKey: "L/2013949", first: 3, after: null };

describe("An error of Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const failure = async (): Promise<PortError> =>
    erp
      .use(accountEntries)
      .ofContracts([page], call)
      .then(
        () => expect.unreachable(),
        (error: PortError) => error,
      );
  const business = (code: string) =>
    erp.always(() => recorded("erreur-404.xml", (text) => text.replace(">404<", `>${code}<`)));

  it.each([
    ["400", "INVALID_INPUT"],
    ["403", "UNAVAILABLE"],
    ["610", "UNAVAILABLE"],
    ["777", "BAD_RESPONSE"],
  ])("%s inside a 200 is %s", async (code, known) => {
    business(code);
    expect((await failure()).code).toBe(known);
  });

  it("that our account has no right is UNAVAILABLE for the tenant and an error in the log", async () => {
    business("403");
    expect((await failure()).code).toBe("UNAVAILABLE");
    expect(erp.logs.filter(({ level }) => level === "error")).toEqual([
      expect.objectContaining({ message: "Pavois gives our account no right to ListerEcritures" }),
    ]);
    business("404");
    erp.logs.length = 0;
    await erp.use(accountEntries).ofContracts([page], call);
    expect(erp.logs).toEqual([]);
  });

  it("without a code is one too", async () => {
    erp.always(() =>
      recorded("erreur-404.xml", (text) => text.replace(/<com:ErrorCode>.*?<\/com:ErrorCode>/, "")),
    );
    expect((await failure()).code).toBe("BAD_RESPONSE");
  });

  it("never lets what Pavois wrote into the message, nor its stack trace anywhere", async () => {
    business("403");
    const error = await failure();
    expect(error.message).not.toContain("9999999");
    expect(String(error.cause)).toContain("Contrat inconnu");
    erp.always("faute-occupe.xml");
    const fault = await failure();
    const everything = [error, fault].map(
      (each) => `${each.message} ${each.stack} ${String(each.cause)}`,
    );
    for (const text of [...everything, JSON.stringify(erp.logs)]) {
      expect(text).not.toMatch(/FR76|SQLPAV01|dbo\.LOCATAIRE|Service\.cs/);
    }
  });

  it("that says busy is RATE_LIMITED", async () => {
    erp.always("faute-occupe.xml");
    expect(await failure()).toMatchObject({ code: "RATE_LIMITED", retryable: true });
  });

  it("that refuses our token is UNAVAILABLE for the tenant and an error in the log", async () => {
    erp.always("faute-jeton.xml");
    expect((await failure()).code).toBe("UNAVAILABLE");
    expect(erp.logs.filter(({ level }) => level === "error")).toHaveLength(1);
  });

  it.each([
    ["env:Receiver", "UNAVAILABLE"],
    ["env:Sender", "INTERNAL"],
    ["env:DataEncodingUnknown", "BAD_RESPONSE"],
  ])("that is a Fault %s without a subcode is %s", async (code, known) => {
    erp.always(() =>
      recorded("faute-occupe.xml", (text) =>
        text.replace(/<env:Subcode>.*<\/env:Subcode>/, "").replace("env:Receiver", code),
      ),
    );
    expect((await failure()).code).toBe(known);
  });

  it("that is a Fault inside a 200 is one all the same", async () => {
    const body = Buffer.from(fixture("faute-occupe.xml"), "latin1");
    const headers = { "content-type": "application/soap+xml; charset=utf-8" };
    erp.always(() => new HttpResponse(body, { headers }));
    expect((await failure()).code).toBe("RATE_LIMITED");
  });

  it("is its page when it is closed for the night", async () => {
    erp.always("ferme.html");
    expect(await failure()).toMatchObject({ code: "UNAVAILABLE", retryable: true });
  });

  it.each([
    ["HTML in a 200", () => HttpResponse.html("<html>connexion</html>")],
    ["nothing in a 200", () => new HttpResponse(null)],
    ["JSON in a 200", () => HttpResponse.json({})],
    ["an answer to another question", () => recorded("LireSoldes.xml")],
    [
      "no Success",
      () =>
        recorded("ListerEcritures.xml", (text) =>
          text.replace(/<com:Success>.*?<\/com:Success>/, ""),
        ),
    ],
    [
      "another total than a number",
      () => recorded("ListerEcritures.xml", (text) => text.replace(">74<", ">beaucoup<")),
    ],
    [
      "a DOCTYPE",
      () => recorded("ListerEcritures.xml", (text) => text.replace("?>", "?><!DOCTYPE x>")),
    ],
  ])("is %s", async (_, answer) => {
    erp.always(answer);
    expect((await failure()).code).toBe("BAD_RESPONSE");
  });

  it("takes nothing else with it: the next call is served", async () => {
    business("610");
    await failure();
    erp.always(() => recorded("LireSoldes.xml"));
    const [balance] = await erp.use(balances).ofContracts(["L/2013949"], call);
    expect(balance!.owed.amount).toBe("0.00");
  });
});
