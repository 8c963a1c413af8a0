import { createTransport } from "nodemailer";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startMailbox, type Mailbox } from "./mailbox.ts";

let box: Mailbox;
beforeEach(async () => {
  box = await startMailbox();
});
afterEach(() => box.close());

const letter = {
  from: '"Office d’Habitat" <noreply@example.org>',
  to: "helene@example.org",
  subject: "Confirmez votre adresse « é & <b> »",
  text: "Bonjour Hélène,\nouvrez https://portail.example.org/confirmer?a=1&b=2. Merci",
  html: `<p>Bonjour <a href="https://portail.example.org/confirmer?a=1&amp;b=2">ici</a>
    <a href='http://autre.example.org/'>là</a> <a href="mailto:x@example.org">nous</a></p>
    <script>alert(1)</script>`,
};

async function send(changes: object = {}, timeout = 10_000) {
  const transport = createTransport({
    url: box.smtpUrl,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  });
  try {
    return await transport.sendMail({ ...letter, ...changes });
  } finally {
    transport.close();
  }
}

const ask = async (method: string, path: string, body?: unknown) => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(box.url + path, init);
  return { status: answer.status, body: await answer.json() };
};

it("keeps a mail with its text, HTML and links", async () => {
  await send();
  const { body } = await ask("GET", "/api/mails");
  expect(body).toEqual([
    {
      id: "1",
      to: ["helene@example.org"],
      from: "Office d’Habitat <noreply@example.org>",
      subject: "Confirmez votre adresse « é & <b> »",
      text: expect.stringContaining("Bonjour Hélène,\nouvrez"),
      html: expect.stringContaining("<script>"),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      links: ["https://portail.example.org/confirmer?a=1&b=2", "http://autre.example.org/"],
      headers: expect.arrayContaining([{ name: "To", value: "helene@example.org" }]),
    },
  ]);
  expect(box.messages()).toEqual(body);
});

it("names the recipients of the envelope, hidden copies too", async () => {
  await send({ bcc: "archive@example.org" });
  expect(box.messages()[0]!.to).toEqual(["helene@example.org", "archive@example.org"]);
});

it("lists newest first, for one recipient in any case when asked", async () => {
  await send({ subject: "un" });
  await send({ subject: "deux", to: "other@example.org" });
  await send({ subject: "trois" });
  const subjects = async (query: string) =>
    (await ask("GET", `/api/mails${query}`)).body.map((mail: { subject: string }) => mail.subject);
  expect(await subjects("")).toEqual(["trois", "deux", "un"]);
  expect(await subjects("?to=HELENE@example.org")).toEqual(["trois", "un"]);
  expect(await subjects("?to=nobody@example.org")).toEqual([]);
});

it("forgets all mails when told to", async () => {
  await send();
  expect((await ask("DELETE", "/api/mails")).status).toBe(200);
  expect(box.messages()).toEqual([]);
});

it("shows a list and each mail, everything escaped, the HTML in a frame that runs nothing", async () => {
  await send();
  const first = await fetch(box.url);
  expect(first.headers.get("refresh")).toBe("5");
  const list = await first.text();
  expect(list).toContain('<a href="/mails/1">Confirmez votre adresse « é &amp; &lt;b&gt; »</a>');
  const answer = await fetch(`${box.url}/mails/1`);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const shown = await answer.text();
  expect(shown).not.toContain("<script>");
  expect(shown).toMatch(/<iframe[^>]* sandbox[ >=][^>]*srcdoc="&lt;p&gt;Bonjour/);
  expect(shown).toContain('href="https://portail.example.org/confirmer?a=1&amp;b=2"');
});

it("refuses every recipient for good while told to", async () => {
  await ask("PUT", "/api/fault", { kind: "refuse" });
  await expect(send()).rejects.toMatchObject({ responseCode: 550 });
  await ask("DELETE", "/api/fault");
  await send();
  expect(box.messages()).toHaveLength(1);
});

it("greylists: puts each recipient off once", async () => {
  await ask("PUT", "/api/fault", { kind: "greylist" });
  await expect(send()).rejects.toMatchObject({ responseCode: 451 });
  await send();
  expect(box.messages()).toHaveLength(1);
  await ask("PUT", "/api/fault", { kind: "greylist" });
  await expect(send()).rejects.toMatchObject({ responseCode: 451 });
});

it("hangs while told to, and can still be closed", async () => {
  await ask("PUT", "/api/fault", { kind: "hang" });
  await expect(send({}, 300)).rejects.toThrow(/timeout/i);
  const left = send().catch((error: Error) => error);
  await box.close();
  expect(await left).toBeInstanceOf(Error);
  box = await startMailbox();
});

it("refuses a fault that it does not know", async () => {
  expect((await ask("PUT", "/api/fault", { kind: "explode" })).status).toBe(400);
  expect((await ask("GET", "/api/fault")).body).toBeNull();
});

it("answers 404 with JSON elsewhere", async () => {
  expect((await ask("GET", "/mails/7")).status).toBe(404);
  expect((await ask("POST", "/api/mails")).status).toBe(404);
});

it("keeps the last 500", async () => {
  const transport = createTransport({ url: box.smtpUrl, pool: true });
  for (let i = 1; i <= 503; i++)
    await transport.sendMail({ ...letter, subject: `n° ${i}`, html: "" });
  transport.close();
  const kept = box.messages();
  expect([kept.length, kept[0]!.subject, kept.at(-1)!.subject]).toEqual([500, "n° 4", "n° 503"]);
});
