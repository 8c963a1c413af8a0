import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { listen, stop } from "../kit/listen.ts";
import { mailOf, type Mail } from "./mail.ts";
import { listPage, mailPage } from "./pages.ts";
import { MailFault, startSmtp, type Smtp } from "./smtp.ts";

export interface Mailbox {
  /** `smtp://127.0.0.1:port` */
  smtpUrl: string;
  /** Of the web page, `http://127.0.0.1:port`. */
  url: string;
  /** Oldest first; the last 500. */
  messages(): Mail[];
  close(): Promise<void>;
}

const kept = 500;

/** Starts a mail server that keeps all it gets in memory, and a page to read it. */
export async function startMailbox(
  ports: { smtpPort?: number; webPort?: number } = {},
): Promise<Mailbox> {
  let mails: Mail[] = [];
  let count = 0;
  const smtp = await startSmtp(ports.smtpPort ?? 0, async (raw, to) => {
    const mail = await mailOf(++count, raw, to);
    mails = [...mails, mail].slice(-kept);
  });
  const forget = () => {
    mails = [];
  };
  const store: Store = { smtp, mails: () => mails, forget };
  const web = createServer((incoming, outgoing) => {
    void answer(store, incoming)
      .catch((error: unknown) => refusal(error))
      .then((reply) => sendReply(outgoing, reply));
  });
  const url = await listen(web, ports.webPort ?? 0).catch(async (error: unknown) => {
    await smtp.close();
    throw error;
  });
  const close = async () => void (await Promise.all([stop(web), smtp.close()]));
  return { smtpUrl: smtp.url, url, messages: () => [...mails], close };
}

interface Store {
  smtp: Smtp;
  /** Oldest first. */
  mails(): Mail[];
  forget(): void;
}

/** A page as text, or a value to send as JSON. */
type Reply = { status: number; page: string; refresh?: string } | { status: number; json: unknown };

async function answer(store: Store, incoming: IncomingMessage): Promise<Reply> {
  const { pathname, searchParams } = new URL(`http://127.0.0.1${incoming.url ?? "/"}`);
  const newestFirst = store.mails().toReversed();
  const asked = `${incoming.method} ${pathname}`;
  switch (asked) {
    case "GET /":
      return { status: 200, page: listPage(newestFirst), refresh: "5" };
    case "GET /api/mails":
      return { status: 200, json: sentTo(newestFirst, searchParams.get("to")) };
    case "DELETE /api/mails":
      store.forget();
      return { status: 200, json: [] };
    case "GET /api/fault":
      return { status: 200, json: store.smtp.fault() };
    case "PUT /api/fault":
      store.smtp.fail(MailFault.parse(await bodyOf(incoming)));
      return { status: 200, json: store.smtp.fault() };
    case "DELETE /api/fault":
      store.smtp.fail(null);
      return { status: 200, json: null };
  }
  const mail = newestFirst.find(({ id }) => asked === `GET /mails/${id}`);
  if (mail) return { status: 200, page: mailPage(mail) };
  return { status: 404, json: { error: `nothing at ${pathname}` } };
}

function sentTo(mails: Mail[], address: string | null): Mail[] {
  if (address === null) return mails;
  const wanted = address.toLowerCase();
  return mails.filter(({ to }) => to.some((one) => one.toLowerCase() === wanted));
}

const bodyOf = async (incoming: IncomingMessage): Promise<unknown> =>
  JSON.parse(Buffer.concat(await incoming.toArray()).toString());

function refusal(error: unknown): Reply {
  if (error instanceof z.ZodError) return { status: 400, json: { error: z.prettifyError(error) } };
  return { status: error instanceof SyntaxError ? 400 : 500, json: { error: String(error) } };
}

/** What comes by mail is not to be trusted: no script, nothing fetched from anywhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'";

function sendReply(outgoing: ServerResponse, reply: Reply): void {
  if ("page" in reply) {
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      ...(reply.refresh === undefined ? {} : { refresh: reply.refresh }),
    };
    outgoing.writeHead(reply.status, headers);
    outgoing.end(reply.page);
    return;
  }
  outgoing.writeHead(reply.status, { "content-type": "application/json; charset=utf-8" });
  outgoing.end(`${JSON.stringify(reply.json, null, 2)}\n`);
}
