import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from "smtp-server";
import { z } from "zod";

/**
 * How the mail server fails.
 * - refuse: every recipient is refused for good (550)
 * - greylist: the first attempt for each recipient is put off (451), the next one is accepted
 * - hang: no answer once the sender is named
 */
export const MailFault = z.strictObject({ kind: z.enum(["refuse", "hang", "greylist"]) });
export type MailFault = z.infer<typeof MailFault>;

export interface Smtp {
  /** `smtp://127.0.0.1:port` */
  url: string;
  /** Null while everything is accepted. */
  fault(): MailFault | null;
  /** Fails so from now on; null accepts everything again. */
  fail(fault: MailFault | null): void;
  close(): Promise<void>;
}

type Received = (raw: Buffer, to: string[]) => Promise<void>;

/** A real SMTP server on 127.0.0.1, without sign-in and without TLS. */
export async function startSmtp(port: number, received: Received): Promise<Smtp> {
  const putOff = new Set<string>();
  let fault: MailFault | null = null;

  const onMailFrom: SMTPServerOptions["onMailFrom"] = (_address, _session, callback) => {
    if (fault?.kind !== "hang") callback();
  };

  const onRcptTo: SMTPServerOptions["onRcptTo"] = ({ address }, _session, callback) => {
    const kind = fault?.kind;
    if (kind === "refuse") return callback(reply(550, "5.1.1 no such mail box here"));
    if (kind === "greylist" && !putOff.has(address)) {
      putOff.add(address);
      return callback(reply(451, "4.7.1 greylisted, try again later"));
    }
    return callback();
  };

  const onData: SMTPServerOptions["onData"] = (stream, session, callback) => {
    const to = session.envelope.rcptTo.map((recipient) => recipient.address);
    void take(stream, to).then(callback);
  };

  /** Resolves to what is wrong with the mail, null when it is kept. */
  async function take(stream: SMTPServerDataStream, to: string[]): Promise<Error | null> {
    try {
      await received(Buffer.concat(await stream.toArray()), to);
      return null;
    } catch {
      return reply(554, "5.6.0 this is no mail");
    }
  }

  const server = new SMTPServer({
    name: "mailbox.example.org",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: 10_485_760,
    closeTimeout: 100,
    onMailFrom,
    onRcptTo,
    onData,
  });
  const fail = (next: MailFault | null) => {
    fault = next;
    putOff.clear();
  };
  return {
    url: `smtp://127.0.0.1:${await open(server, port)}`,
    fault: () => fault,
    fail,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function open(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // Stays for the server's life: a client that resets its connection is no reason to stop.
    server.on("error", reject);
    const listening = server.listen(port, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

const reply = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });
