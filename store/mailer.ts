import { createTransport } from "nodemailer";
import type { QueuedMail } from "./mails.ts";
import { runRounds } from "./rounds.ts";
import type { Store } from "./store.ts";

export interface Mailer {
  /** Begins no further mail, waits for those under way, closes the connections. */
  stop(): Promise<void>;
}

/** Gets no address, subject or text of a mail. */
export type MailerLog = (
  level: "warn" | "error",
  message: string,
  details?: Record<string, unknown>,
) => void;

const pollMs = 2_000;

/**
 * Delivers the mails of `store` over SMTP: at once when one is queued through the same store, and
 * every two seconds what other processes queued or what is to be tried again.
 * `smtpUrl`: `smtp://host:port`, `smtps://user:password@host`, with nodemailer's options as query.
 */
export function startMailer(store: Store, smtpUrl: string, log: MailerLog): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const stopping = new AbortController();
  const send = (mail: QueuedMail) => transport.sendMail(messageOf(mail));
  const deliver = () =>
    store.mails.deliver(send, {
      signal: stopping.signal,
      isFinal,
      onError: (error, mail) =>
        log("warn", "A mail was not accepted.", { ...mail, ...said(error) }),
    });
  const rounds = runRounds(deliver, pollMs, stopping.signal, (error) =>
    log("error", "Mails could not be looked up.", said(error)),
  );
  const unsubscribe = store.mails.onQueued(rounds.wake);
  return {
    stop: async () => {
      unsubscribe();
      stopping.abort();
      await rounds.ended;
      transport.close();
    },
  };
}

function messageOf(mail: QueuedMail) {
  const { to, from, subject, text, html } = mail;
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "trousseau.invalid";
  // No auto-replies and out-of-office notes to what a machine sent (RFC 3834).
  const headers = { "Auto-Submitted": "auto-generated" };
  // As an object it is one address, whatever stands in it.
  return {
    to: { name: "", address: to },
    from,
    subject,
    text,
    html,
    headers,
    messageId: `<${mail.id}@${domain}>`,
  };
}

/** A refusal of the recipient or of the message for good: 5xx to RCPT TO or DATA, not to a log-in. */
function isFinal(error: unknown): boolean {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const ofThisMail = code === "EENVELOPE" || code === "EMESSAGE";
  return ofThisMail && (typeof responseCode !== "number" || responseCode >= 500);
}

/** What servers write may hold the address, so only their codes are told. */
function said(error: unknown): Record<string, unknown> {
  const { code, responseCode, name } = error as Record<string, unknown>;
  return { error: name, code, responseCode };
}
