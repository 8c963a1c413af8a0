import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PaymentPlan, paymentPlans } from "../../ports/billing.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const contractKey = "L/2013946";
const euros = (amount: string) => ({ amount, currency: "EUR" });

describe("A payment plan at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const plan = async () => (await erp.use(paymentPlans).ofContracts([contractKey], call))[0];

  it("has its instalments oldest first, and what they come to", async () => {
    const found = PaymentPlan.parse(await plan());
    expect(found).toMatchObject({ agreedOn: "2026-07-29", total: euros("507.05") });
    expect(found.instalments).toHaveLength(7);
    expect(found.instalments.slice(0, 2)).toEqual([
      { dueDate: "2026-08-05", amount: euros("177.47"), status: "PAID" },
      { dueDate: "2026-09-05", amount: euros("54.93"), status: "MISSED" },
    ]);
    expect(found.instalments.at(-1)!.status).toBe("DUE");
  });

  it("is added up exactly, where a number would not", async () => {
    erp.change("LirePlansApurement", (text) =>
      text.replace(">177.47<", ">99999999999.99<").replace(">54.93<", ">0.01<"),
    );
    expect((await plan())!.total).toEqual(euros("100000000274.65"));
  });

  it("is none where the only ones were paid off, or not kept to", async () => {
    erp.change("LirePlansApurement", (text) => text.replace("EN_COURS", "SOLDE"));
    expect(await plan()).toBeNull();
  });

  it("is the newest of several in force", async () => {
    erp.change("LirePlansApurement", (text) => text.replace("ROMPU", "EN_COURS"));
    expect((await plan())!.agreedOn).toBe("2026-07-29");
  });

  it("is none for a contract that Pavois leaves out, or whose key is none", async () => {
    const found = await erp.use(paymentPlans).ofContracts(["L/2013949", "2013946"], call);
    expect(found).toEqual([null, null]);
  });

  it("waits for the evening's batch like the rest of the account", async () => {
    erp.change("LirePlansApurement", (text) =>
      text
        .replace("Success>true<", "Success>false<")
        .replace('<com:ErrorCode xsi:nil="true"/>', "<com:ErrorCode>610</com:ErrorCode>"),
    );
    await expect(plan()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
