/** The landlord's own people, and what whoever runs the gateway watches. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { changeKinds } from "../subgraphs/kernel/change-kinds.ts";
import { operation, signIn, type Client } from "./support/client.ts";
import { frontOf, signedInAs, startTestDemo } from "./support/demo.ts";
import { linkIn, mailTo } from "./support/mails.ts";

const here = "immo-paris";
const canaries = /Canary|canary|FR7630006000011234567890189/;

let demo: Demo;
let staff: Client;
let tenant: Client;
let receipts: string[];
beforeAll(async () => {
  demo = await startTestDemo();
  staff = await asStaff(here);
  tenant = await signedInAs(demo, here, "council");
  receipts = [await submit("canary-key-1"), await submit("canary-key-2")];
  await vi.waitFor(async () => expect(await standing(receipts[0]!)).toBe("NEEDS_ATTENTION"), 5_000);
});
afterAll(() => demo?.stop());

const staffOf = (landlord: string) =>
  demo.accounts.find((one) => one.landlord === landlord && one.role === "staff")!;

function asStaff(landlord: string): Promise<Client> {
  const { email, password } = staffOf(landlord);
  return signIn(frontOf(demo, landlord), email, password);
}

const tenantsAccount = async () => {
  const { data } = await tenant("{ viewer { email } }");
  return (await demo.gateway.house.store.accounts.byEmail(here, data.viewer.email))!;
};

/** Submits a change that this landlord's ERP takes none of: only a person can end it. */
async function submit(idempotencyKey: string): Promise<string> {
  const { store, landlords } = demo.gateway.house;
  const { served } = landlords.find(({ landlord }) => landlord.id === here)!.ports;
  const kind = Object.entries(changeKinds).find(([, port]) => !served.includes(port.name))![0];
  const { change } = await store.changes.submit({
    landlord: here,
    accountId: (await tenantsAccount()).id,
    personKey: "canary-person",
    contractKey: "canary-contract",
    lane: "contract:canary-contract",
    kind,
    idempotencyKey,
    request: "{}",
    payload: '{"name":"Canary Martin","iban":"FR7630006000011234567890189","surveyKey":"S"}',
    effectiveBy: null,
  });
  return change.id;
}

const standing = async (receipt: string, as = staff) => {
  const { data } = await as(operation("F18-support-change"), { receipt });
  return data.support?.change?.status as string | undefined;
};

const settle = async (as: Client, receipt: string, decision: string, reason = "Vu au guichet") => {
  const answer = await as(operation("B02-support-settle-change"), { receipt, decision, reason });
  return { ...answer, codes: answer.data?.settleChange?.userErrors.map(codeOf) };
};
const codeOf = ({ code }: { code: string }) => code;

const metrics = async () => (await fetch(demo.gateway.metricsUrl!)).text();

describe("the metrics", () => {
  test("say what needs somebody, right after the delivery", async () => {
    const text = await metrics();
    for (const line of [
      `trousseau_changes{landlord="${here}",status="NEEDS_ATTENTION"} 1`,
      `trousseau_changes{landlord="${here}",status="ACCEPTED"} 1`,
      `trousseau_changes_needing_attention{landlord="${here}"} 1`,
      `trousseau_changes_needing_attention{landlord="chartres"} 0`,
      `trousseau_deliveries_total{landlord="${here}",status="NEEDS_ATTENTION"} 1`,
      `trousseau_payments{landlord="${here}",state="PAID"} 0`,
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toMatch(new RegExp(`changes_oldest_open_seconds\\{landlord="${here}"\\} \\d`));
  });

  test("count calls of ERPs and requests by how they ended", async () => {
    await tenant(operation("F12-home"));
    await frontOf(demo, here)(operation("F18-support-changes"));
    await frontOf(demo, "nobody")("{ __typename }");
    const text = await metrics();
    const lines = [
      `trousseau_erp_calls_total\\{landlord="${here}",call="contracts.ofPersons",outcome="OK"\\} [1-9]`,
      `trousseau_erp_call_duration_seconds_count\\{landlord="${here}",call="contracts.ofPersons"\\} [1-9]`,
      `trousseau_graphql_requests_total\\{landlord="${here}",outcome="OK"\\} [1-9]`,
      `trousseau_graphql_requests_total\\{landlord="${here}",outcome="FORBIDDEN"\\} [1-9]`,
      `trousseau_graphql_requests_total\\{landlord="none",outcome="INVALID_INPUT"\\} [1-9]`,
    ];
    for (const line of lines) expect(text).toMatch(new RegExp(line));
  });

  test("hold nothing of a person, and are not at the public address", async () => {
    const text = await metrics();
    const { id, email } = await tenantsAccount();
    for (const told of [...receipts, id, email, staffOf(here).email])
      expect(text).not.toContain(told);
    expect(text).not.toMatch(canaries);
    expect(text).not.toContain("@");
    expect((await fetch(`${demo.url}/metrics`)).status).toBe(404);
  });
});

describe("the landlord's own people", () => {
  test("see its changes, the oldest first, and nothing of what was asked for", async () => {
    const { data, errors } = await staff(operation("F18-support-changes"));
    expect(errors).toBeUndefined();
    expect(data.viewer).toEqual({ email: staffOf(here).email, isStaff: true });
    expect(data.support.changesNeedingAttention).toBe(1);
    expect(data.support.changes.nodes).toMatchObject([
      { receipt: receipts[0], status: "NEEDS_ATTENTION", oldestInLane: true, overdue: false },
      { receipt: receipts[1], status: "ACCEPTED", oldestInLane: false },
    ]);
    expect(JSON.stringify(data)).not.toMatch(canaries);
    expect(JSON.stringify(data)).not.toContain((await tenantsAccount()).email);
  });

  test("see page by page, by where changes stand, and by age", async () => {
    const receiptsOf = async (variables: object) => {
      const { data } = await staff(operation("F18-support-changes"), variables);
      const { nodes, pageInfo } = data.support.changes;
      return { found: nodes.map((node: { receipt: string }) => node.receipt), ...pageInfo };
    };
    const first = await receiptsOf({ first: 1 });
    expect(first).toMatchObject({ found: [receipts[0]], hasNextPage: true });
    const second = await receiptsOf({ first: 1, after: first.endCursor });
    expect(second).toMatchObject({ found: [receipts[1]], hasNextPage: false });
    expect((await receiptsOf({ status: "ACCEPTED" })).found).toEqual([receipts[1]]);
    expect((await receiptsOf({ olderThan: "2026-01-01T00:00:00Z" })).found).toEqual([]);
  });

  test("own no contract, and can read none by its id", async () => {
    const { data } = await staff("{ viewer { contracts { nodes { id } } } }");
    expect(data.viewer.contracts.nodes).toEqual([]);
    const mine = await tenant("{ viewer { contracts { nodes { id } } } }");
    const [{ id }] = mine.data.viewer.contracts.nodes;
    const { data: read, errors } = await staff("query ($id: ID!) { contract(id: $id) { id } }", {
      id,
    });
    expect(read.contract).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });

  test("of another landlord see and settle nothing here", async () => {
    const other = await asStaff("la-rochelle");
    const { data } = await other(operation("F18-support-changes"));
    expect(data.support.changes.nodes).toEqual([]);
    const { data: one, errors } = await other(operation("F18-support-change"), {
      receipt: receipts[0],
    });
    expect(one.support.change).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await settle(other, receipts[0]!, "APPLIED")).codes).toEqual(["RECEIPT_UNKNOWN"]);
  });

  test.each(["a tenant", "nobody"])("are not %s", async (who) => {
    const front = who === "nobody" ? frontOf(demo, here) : tenant;
    const { data, errors } = await front(operation("F18-support-changes"));
    expect(data.support).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const settled = await settle(front, receipts[0]!, "APPLIED");
    expect(settled.data).toBeNull();
    expect(settled.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect(await standing(receipts[0]!)).toBe("NEEDS_ATTENTION");
  });

  test("set their password by a mail, where tenants come in by a letter too", async () => {
    const { email } = staffOf(here);
    await frontOf(demo, here)(operation("F09-request-password-reset"), { email });
    expect(linkIn(await mailTo(demo, email))).toMatchObject({ landlord: here });
  });
});

describe("a change that only a person can tell of", () => {
  test("is not settled without a reason, nor one that is on its way", async () => {
    expect((await settle(staff, receipts[0]!, "APPLIED", " ")).codes).toEqual(["REQUIRED"]);
    expect((await settle(staff, "no receipt\u0000", "APPLIED")).codes).toEqual(["RECEIPT_UNKNOWN"]);
    for (const decision of ["APPLIED", "SEND_AGAIN"]) {
      expect((await settle(staff, receipts[1]!, decision)).codes).toEqual(["NOT_TO_BE_SETTLED"]);
    }
  });

  test("is settled by hand; the lane goes on, and who and why is kept", async () => {
    const { data } = await settle(staff, receipts[0]!.toUpperCase(), "APPLIED");
    expect(data.settleChange).toMatchObject({
      change: { receipt: receipts[0], status: "APPLIED", endedAt: expect.any(String) },
      userErrors: [],
    });
    await vi.waitFor(
      async () => expect(await standing(receipts[1]!)).toBe("NEEDS_ATTENTION"),
      5_000,
    );
    const { data: after } = await staff(operation("F18-support-change"), { receipt: receipts[0] });
    expect(after.support.change.history).toMatchObject([
      { from: "ACCEPTED", to: "NEEDS_ATTENTION", errorCode: "NOT_SUPPORTED", settledBy: null },
      {
        from: "NEEDS_ATTENTION",
        to: "APPLIED",
        errorCode: null,
        settledBy: staffOf(here).email,
        reason: "Vu au guichet",
      },
    ]);
    const [act] = await demo.gateway.house.store.supportActs.ofLandlord(here, {
      limit: 10,
      before: null,
      viewId: null,
    });
    expect(act).toMatchObject({ act: "SETTLE_CHANGE:APPLIED", subject: receipts[0] });
    expect((await settle(staff, receipts[0]!, "REJECTED")).codes).toEqual(["NOT_TO_BE_SETTLED"]);
  });

  test("is told to whoever asked, where it is refused by hand", async () => {
    await settle(staff, receipts[1]!, "REJECTED", "Double d'une autre demande");
    const mail = await mailTo(demo, (await tenantsAccount()).email);
    expect(mail.subject).toContain("n'a pas été prise en compte");
    expect(JSON.stringify(mail)).not.toContain("Double d'une autre");
    expect(await metrics()).toContain(
      `trousseau_changes_needing_attention{landlord="${here}"} 0\n`,
    );
  });
});
