/** Pavois over SOAP: one call, its errors told apart, and its list form. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import type { Call } from "../../ports/port.ts";
import { createSoapClient, SoapFault } from "../../transport/soap.ts";
import { optionalText } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { businessError, faultError, knownReference, rejections } from "./errors.ts";
import { flag } from "./map.ts";

export interface Settings {
  endpoint: string;
  username: string;
  password: string;
  /** In which Pavois's clocks stand. */
  timeZone: string;
}

type Arguments = Record<string, unknown>;
type Answer = Record<string, unknown>;

export interface Attachment {
  contentType: string;
  body: AsyncIterable<Uint8Array>;
}

/** `reference` is the number of what was created, `refusedWith` Pavois's code for why nothing was. */
export type Written = { reference: string | null } | { refusedWith: string };

export interface Pavois {
  readonly timeZone: string;
  /** The day that it is where Pavois's clocks stand. */
  today(): string;
  /** Throws PortError, also for a business error. */
  ask(operation: string, args: Arguments, call: Call): Promise<Answer>;
  /** Sends a change. Throws PortError for whatever is no clear answer about it. */
  write(operation: string, args: Arguments, call: Call): Promise<Written>;
  open(
    operation: string,
    args: Arguments,
    call: Call,
  ): Promise<{ answer: Answer; attachment: Attachment | null }>;
  warn(message: string, details: Record<string, unknown>): void;
  close(): Promise<void>;
}

const wsdl = fileURLToPath(new URL("./wsdl/PortailLocataire.wsdl", import.meta.url));

export async function createPavois(settings: Settings, io: Io): Promise<Pavois> {
  const { endpoint, username, password, timeZone } = settings;
  const security = { username, password, digest: true } as const;
  const soap = await createSoapClient(io, { wsdl, endpoint, version: "1.2", security });

  const alarm = (message: string) => io.log("error", message);

  const guarded = async <T>(operation: string, exchange: () => Promise<T>): Promise<T> => {
    try {
      return await exchange();
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      const known = faultError(operation, error);
      if (known.refused) alarm("Pavois refuses our credentials or our clock");
      throw known.error;
    }
  };

  const calendar = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  return {
    timeZone,
    today: () => calendar.format(io.now()),
    ask: async (operation, args, call) => {
      const answer = await guarded(operation, () => soap.call(operation, args, call));
      return refuseFailure(operation, answer, alarm);
    },
    write: async (operation, args, call) => {
      const answer = await guarded(operation, () => soap.call(operation, args, call));
      const code = refusalIn(operation, answer);
      if (code !== null) return { refusedWith: code };
      refuseFailure(operation, answer, alarm);
      return readRecord(created, answer, operation);
    },
    open: async (operation, args, call) => {
      const opened = await guarded(operation, () => soap.open(operation, args, call));
      refuseFailure(operation, opened.answer, alarm);
      return opened;
    },
    warn: (message, details) => io.log("warn", message, details),
    close: () => soap.close(),
  };
}

const webResponse = z.object({
  Success: flag,
  ErrorCode: optionalText,
  ErrorMessage: optionalText,
});

const created = z
  .object({ NumeroObjet: optionalText })
  .transform(({ NumeroObjet }) => ({ reference: NumeroObjet }));

/** Pavois's code where it refuses for good, null otherwise. */
function refusalIn(operation: string, answer: Answer): string | null {
  const { Success, ErrorCode } = readRecord(webResponse, answer, operation);
  if (Success || ErrorCode === null) return null;
  return ErrorCode === knownReference || Object.hasOwn(rejections, ErrorCode) ? ErrorCode : null;
}

function refuseFailure(
  operation: string,
  answer: Answer,
  alarm: (message: string) => void,
): Answer {
  const { Success, ErrorCode, ErrorMessage } = readRecord(webResponse, answer, operation);
  if (!Success) throw businessError(operation, ErrorCode, ErrorMessage, alarm);
  return answer;
}

/** The records of a list in an answer; none when the element is absent. */
export function recordsOf<T extends z.ZodType>(
  answer: Answer,
  element: string,
  shape: T,
): z.infer<T>[] {
  return readRecord(z.array(shape).default([]), answer[element], element);
}
