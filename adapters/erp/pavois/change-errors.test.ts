/** How each error of Pavois's is told where a change was sent. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import type { PortError } from "../../ports/errors.ts";
import { call, recorded, replayPavois, type Change, type Replay } from "./replay.ts";
import { change } from "./testing/house.ts";

describe("Where a change was sent,", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const payload = { iban: "FR7630001007941234567890185", bic: null, holder: "Léa" };
  const sent = () => change({ contract: { number: 1 } }, payload);
  const submit = () => erp.use(bankAccountChanges).submit(sent(), call);
  const failure = (): Promise<PortError> =>
    submit().then(
      () => expect.unreachable(),
      (error: PortError) => error,
    );
  const answer = (operation: string, edit: Change) =>
    recorded("erreur-404.xml", (text) => edit(text.replaceAll("ListerEcritures", operation)));
  const business = (code: string) =>
    erp.always(() =>
      answer("ModifierCoordonneesBancaires", (text) => text.replace(">404<", `>${code}<`)),
    );

  it.each([
    ["400", "INVALID"],
    ["404", "UNKNOWN_THING"],
    ["409", "ALREADY_EXISTS"],
    ["412", "CHANGED_MEANWHILE"],
    ["423", "NOT_POSSIBLE"],
  ])("%s is a refusal: %s", async (code, reason) => {
    business(code);
    expect(await submit()).toEqual({ state: "REJECTED", reason });
  });

  it.each([
    ["403", "UNAVAILABLE", true],
    ["610", "UNAVAILABLE", true],
    ["777", "BAD_RESPONSE", false],
  ])("%s is %s, and whether nothing was applied is known: %s", async (code, known, notApplied) => {
    business(code);
    expect(await failure()).toMatchObject({ code: known, notApplied });
  });

  it.each([
    ["faute-occupe.xml", "RATE_LIMITED", true],
    ["faute-jeton.xml", "UNAVAILABLE", true],
    // It may be the page of something that stands before Pavois.
    ["ferme.html", "UNAVAILABLE", false],
  ])("%s is %s, and whether nothing was applied is known: %s", async (name, code, notApplied) => {
    erp.always(name);
    expect(await failure()).toMatchObject({ code, notApplied });
  });

  it("what Pavois wrote is in no outcome and no message", async () => {
    business("777");
    const error = await failure();
    expect(`${error.message} ${error.stack}`).not.toMatch(/9999999|SQLPAV01|FR76/);
    expect(JSON.stringify(erp.logs)).not.toMatch(/9999999|SQLPAV01|FR76/);
  });

  it("a payment that is known under its reference, but not to be found, is no success", async () => {
    const paid = {
      amount: { amount: "10.00", currency: "EUR" as const },
      paidAt: "2026-11-20T08:00:00Z",
      provider: "LYRA" as const,
      providerReference: "ipn-1",
    };
    const nothing = (text: string) =>
      text.replace(">false<", ">true<").replace(/<com:Error.*<\/com:DebugStackTrace>/s, "");
    erp.always(() => {
      const operation = erp.operations().at(-1)!;
      return operation === "SuivreModifications"
        ? answer(operation, nothing)
        : answer(operation, (text) => text.replace(">404<", ">620<"));
    });
    const booked = erp.use(cardPayments).submit(change({ contract: { number: 1 } }, paid), call);
    await expect(booked).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: expect.stringContaining("not to be found"),
      notApplied: false,
    });
    expect(erp.operations()).toEqual(["EnregistrerReglementCarte", "SuivreModifications"]);
  });
});
