/** A landlord who runs Dolibarr, which is no composite: one YAML file, and the same schema. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, type Running } from "../gateway/run.ts";
import { startDolibarr } from "../mocks/dolibarr/start.ts";
import type { MockErp } from "../mocks/kit/product.ts";
import type { PersonLine } from "../mocks/kit/state.ts";
import type { AppliedWrite } from "../mocks/kit/writes.ts";
import { startMailbox, type Mailbox } from "../mocks/mailbox/mailbox.ts";
import { oddities } from "../mocks/world/oddities.ts";
import { createWorld } from "../mocks/world/world.ts";
import { asked, changeAt } from "./support/changes.ts";
import { client, operation, signIn, type Client } from "./support/client.ts";
import type { Demo } from "../mocks/demo/start.ts";
import { money, type HeldContract } from "./support/demo.ts";
import { linkIn, mailTo, pressButton } from "./support/mails.ts";

const password = "Beau-Regard+1844";
const email = "tenant.of.rochefort@example.org";

let folder: string;
let erp: MockErp;
let mailbox: Mailbox;
let gateway: Running;
let front: Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-dolibarr-"));
  const today = new Date().toISOString().slice(0, 10);
  const sizes = { people: 30, contracts: 34 };
  const world = createWorld({ landlord: "rochefort", seed: 71, today, ...sizes });
  [erp, mailbox] = await Promise.all([startDolibarr({ world }), startMailbox()]);
  const port = await freePort();
  gateway = await run({
    TROUSSEAU_PORT: String(port),
    TROUSSEAU_PUBLIC_URL: `http://127.0.0.1:${port}`,
    TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
    TROUSSEAU_SMTP: mailbox.smtpUrl,
    TROUSSEAU_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_OPERATIONS: "open",
    TROUSSEAU_LANDLORDS: new URL("fixtures/landlords/", import.meta.url).pathname,
    TROUSSEAU_LOG_LEVEL: "silent",
    ROCHEFORT_ERP_URL: erp.url,
    ROCHEFORT_ERP_KEY: "dolibarr-demo",
  });
  front = client({ url: gateway.url, landlord: "rochefort" });
});
afterAll(async () => {
  await gateway?.stop();
  await Promise.all([erp?.close(), mailbox?.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Links of mails tell the port: it must be known before anything listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const door = async <T>(path: string): Promise<T> =>
  (await (await fetch(erp.doorUrl + path)).json()) as T;

describe("a landlord who runs Dolibarr", () => {
  let tenant: Client;
  let contractId: string;

  test("takes registrations, and shows the home page of what its ERP holds", async () => {
    const people = await door<PersonLine[]>("/state/people?oddity");
    const person = people.find(({ oddity }) => oddity === oddities.everything)!;
    const { reference, surname } = person;
    const input = {
      reference,
      surname,
      email,
      password,
      passwordConfirmation: password,
      consents: [],
    };
    const { data } = await front(operation("F02-register"), { input });
    expect(data.register).toMatchObject({ sentTo: email, userErrors: [] });
    const mail = await mailTo({ mocks: { mailbox } } as Demo, email);
    expect((await pressButton(linkIn(mail).page)).status).toBe(200);

    tenant = await signIn(front, email, password);
    const home = await tenant(operation("F12-home"));
    expect(home.errors?.map(({ extensions }) => extensions.code) ?? []).toEqual(
      (home.errors ?? []).map(() => "NOT_SUPPORTED"),
    );
    const held = await door<HeldContract>(`/state/contracts/${person.contracts[0]}`);
    const [contract] = home.data.viewer.contracts.nodes;
    contractId = contract.id as string;
    expect(contract).toMatchObject({
      status: "ACTIVE",
      balance: { amount: { amount: money(Math.abs(held.balanceCents)) }, late: held.late },
      insurance: { policyNumber: held.insurance!.policyNumber },
    });
  });

  test("has rent notices that can be downloaded", async () => {
    const { data } = await tenant(operation("F30-rent-notices"), { id: contractId });
    const [notice] = data.contract.rentNotices.nodes;
    const { data: found } = await tenant(operation("F35-download"), { id: notice.id });
    const file = await fetch(found.document.download.url as string);
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect((await file.text()).startsWith("%PDF-")).toBe(true);
  });

  test("books what is asked: a request, which is then told of, and once", async () => {
    const { data } = await tenant(operation("F37-request-catalogue"), { contractId });
    const [reason] = data.contract.requestCatalogue.reasons;
    const change = await asked(tenant, "F37-create-request", {
      contractId,
      reasonId: reason.id as string,
      description: "Une fuite sous l’évier",
    });
    const { serviceRequestId } = await changeAt(tenant, change.id, "APPLIED");
    const { data: told } = await tenant(operation("F38-requests"), { id: contractId });
    expect(told.contract.serviceRequests.nodes[0]).toMatchObject({
      id: serviceRequestId,
      reason: "Problème technique",
      description: "Une fuite sous l’évier",
      status: "RECEIVED",
    });
    const writes = await door<AppliedWrite[]>("/writes");
    expect(writes.filter(({ kind }) => kind === "serviceRequestCreations")).toHaveLength(1);
  });
});
