import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startMailer, type Mailer } from "./mailer.ts";
import { openStore, type Store } from "./store.ts";
import { minute, testSecret } from "./testing/stores.ts";

interface MailBox {
  readonly mails: Email[];
  readonly url: string;
  /** How many messages were begun, received or not. */
  readonly begun: () => number;
  close(): Promise<void>;
}

interface Behaviour {
  readonly port?: number;
  /** The answer to RCPT TO, instead of 250. */
  readonly refuse?: number;
  readonly whenBegun?: () => Promise<void>;
}

async function startMailBox({ port = 0, refuse, whenBegun }: Behaviour = {}): Promise<MailBox> {
  const mails: Email[] = [];
  let begun = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (address, _session, answer) =>
      answer(
        refuse
          ? Object.assign(new Error(`no ${address.address}`), { responseCode: refuse })
          : undefined,
      ),
    onData: (stream, _session, done) => {
      begun += 1;
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        await whenBegun?.();
        mails.push(await PostalMime.parse(Buffer.concat(chunks)));
        done();
      });
    },
  });
  // Connections that a client cuts are no business of the tests.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const at = (server.server.address() as AddressInfo).port;
  return {
    mails,
    url: `smtp://127.0.0.1:${at}`,
    begun: () => begun,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const mail = {
  landlord: "cedre",
  to: "lea@example.org",
  from: "Résidences du Cèdre <no-reply@cedre.example>",
  subject: "Confirmez votre adresse",
  text: "Voici votre lien : https://portail.example/confirm?token=abc",
  html: "<p>Voici votre lien</p>",
};

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function aStore(now: () => Date = () => new Date()): Promise<Store> {
  const store = await openStore({ url: "sqlite::memory:", secret: testSecret, now });
  undo.push(() => store.close());
  return store;
}

async function aMailBox(behaviour?: Behaviour): Promise<MailBox> {
  const box = await startMailBox(behaviour);
  undo.push(() => box.close());
  return box;
}

function aMailer(store: Store, url: string) {
  const logged: unknown[][] = [];
  const mailer: Mailer = startMailer(store, url, (...line) => void logged.push(line));
  undo.push(() => mailer.stop());
  return { mailer, logged };
}

describe("mailer", () => {
  it("sends what was queued before it started, and what is queued later", async () => {
    const [store, box] = [await aStore(), await aMailBox()];
    await store.mails.queue(mail);
    aMailer(store, box.url);
    await vi.waitFor(() => expect(box.mails).toHaveLength(1), 5_000);
    await store.transaction((within) => within.mails.queue({ ...mail, subject: "Deux" }));
    await vi.waitFor(() => expect(box.mails).toHaveLength(2), 5_000);
    const [first] = box.mails;
    expect(first).toMatchObject({
      from: { name: "Résidences du Cèdre", address: "no-reply@cedre.example" },
      to: [{ address: "lea@example.org" }],
      subject: "Confirmez votre adresse",
    });
    expect(first?.text?.trim()).toBe(mail.text);
    expect(first?.html?.trim()).toBe(mail.html);
    expect(first?.messageId).toMatch(/^<[\da-f-]{36}@cedre\.example>$/);
  });

  it("sends a mail to one address only, whatever stands there", async () => {
    const [store, box] = [await aStore(), await aMailBox()];
    await store.mails.queue({ ...mail, to: "lea@example.org, paul@example.org" });
    await store.mails.queue({ ...mail, to: "lea@example.org\r\nBcc: paul@example.org" });
    await store.mails.queue({ ...mail, subject: "Deux" });
    const { logged } = aMailer(store, box.url);
    await vi.waitFor(() => expect(box.mails.length + logged.length).toBe(3), 5_000);
    expect(box.mails.map(({ subject }) => subject)).toEqual(["Deux"]);
  });

  it("J-12 sends a mail once when the server is back, and tells the log no address", async () => {
    let time = Date.now();
    const store = await aStore(() => new Date(time));
    const gone = await startMailBox();
    await gone.close();
    const { logged } = aMailer(store, gone.url);
    await store.mails.queue(mail);
    await vi.waitFor(() => expect(logged).toHaveLength(1), 5_000);
    expect(logged[0]).toEqual([
      "warn",
      "A mail was not accepted.",
      expect.objectContaining({ landlord: "cedre", attempts: 1, code: "ESOCKET" }),
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/lea|example|lien|token/i);
    const box = await aMailBox({ port: Number(new URL(gone.url).port) });
    time += minute;
    await vi.waitFor(() => expect(box.mails).toHaveLength(1), 10_000);
    time += minute;
    await store.mails.queue({ ...mail, subject: "Deux" });
    await vi.waitFor(() => expect(box.mails).toHaveLength(2), 5_000);
  });

  it("gives up a mail whose address is refused for good, and keeps one refused for now", async () => {
    let time = Date.now();
    const store = await aStore(() => new Date(time));
    const [final, later] = [await aMailBox({ refuse: 550 }), await aMailBox({ refuse: 450 })];
    const first = aMailer(store, final.url);
    await store.mails.queue({ ...mail, to: "final@example.org" });
    await vi.waitFor(() => expect(first.logged).toHaveLength(1), 5_000);
    await first.mailer.stop();
    const second = aMailer(store, later.url);
    await store.mails.queue({ ...mail, to: "later@example.org" });
    await vi.waitFor(() => expect(second.logged).toHaveLength(1), 5_000);
    await second.mailer.stop();
    expect(JSON.stringify([first.logged, second.logged])).not.toContain("example");
    time += minute;
    const left: string[] = [];
    await store.mails.deliver(async ({ to }) => void left.push(to));
    expect(left).toEqual(["later@example.org"]);
  });

  it("waits for the mail under way when it is stopped", async () => {
    const store = await aStore();
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    const box = await aMailBox({ whenBegun: () => held });
    const { mailer } = aMailer(store, box.url);
    await store.mails.queue(mail);
    await vi.waitFor(() => expect(box.begun()).toBe(1), 5_000);
    let stopped = false;
    const stopping = mailer.stop().then(() => void (stopped = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stopped).toBe(false);
    answer();
    await stopping;
    expect(box.mails).toHaveLength(1);
    const counts = await store.mails.deliver(async () => {});
    expect(counts.sent).toBe(0);
  });
});
