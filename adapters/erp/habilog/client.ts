/** Habilog over SOAP: one call, its many ways to say no, and its records. */
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import type { Rejection } from "../../ports/changes.ts";
import type { Call } from "../../ports/port.ts";
import type { InlineFile } from "../../transport/soap-inline.ts";
import { createSoapClient, SoapFault } from "../../transport/soap.ts";
import { arrays, foundIn, recordsIn, writtenIn } from "./answers.ts";
import { emptyResult, faultError } from "./errors.ts";
import type { Written } from "./written.ts";

export interface Settings {
  endpoint: string;
  username: string;
  password: string;
  /** Which of Habilog's databases is the landlord's. */
  base: string;
}

/** What an operation with one key is asked and answers. */
interface Form<T extends z.ZodType> {
  operation: string;
  /** The element that holds the key in the request. */
  key: "NumeroTiers" | "NumeroContrat" | "NumeroDocument" | "ReferenceExterne";
  /** The element of a record in the answer. */
  element: string;
  shape: T;
}

type WriteForm<T extends z.ZodType> = Omit<Form<T>, "key">;

type Answer = Record<string, unknown>;

export interface Habilog {
  /**
   * The records in the answer; none where Habilog says that there is nothing. Throws PortError,
   * also for an error message inside a 200 and for an empty answer.
   */
  list<T extends z.ZodType>(form: Form<T>, key: string, call: Call): Promise<z.infer<T>[]>;
  /**
   * The same for an answer with a file as base64 in an element of the first record, behind the
   * others. `file` decodes it as it is asked for; leaving its loop closes the exchange. Null when
   * none came.
   */
  open<T extends z.ZodType>(
    form: Form<T>,
    element: string,
    key: string,
    call: Call,
  ): Promise<{ records: z.infer<T>[]; file: InlineFile["file"] }>;
  /** The records in RechercherLocataire's document; none for an unknown contract. */
  search<T extends z.ZodType>(shape: T, contract: string, call: Call): Promise<z.infer<T>[]>;
  /** Sends a change: the record of it, or why it is refused. Throws PortError for anything else. */
  write<T extends z.ZodType>(
    form: WriteForm<T>,
    fields: Written,
    call: Call,
  ): Promise<{ record: z.infer<T> } | { refused: Rejection }>;
  warn(message: string, details: Record<string, unknown>): void;
  close(): Promise<void>;
}

const wsdl = fileURLToPath(new URL("./wsdl/PortailLocataire.wsdl", import.meta.url));
const searching = "RechercherLocataire";

export async function createHabilog(settings: Settings, io: Io): Promise<Habilog> {
  const { endpoint } = settings;
  const soap = await createSoapClient(io, { wsdl, endpoint, version: "1.1", arrays });
  const alarm = (message: string) => io.log("error", message);

  const inside = (operation: string, answer: Answer): unknown => {
    const result = answer[`${operation}Result`];
    if (isEmpty(result)) throw emptyResult(operation, alarm);
    return result;
  };
  const argumentsFor = (operation: string, key: Record<string, string>) => ({
    ...credentials(operation, settings),
    ...key,
  });
  const ask = async (operation: string, key: Record<string, string>, call: Call) => {
    const args = argumentsFor(operation, key);
    return inside(operation, await soap.call(operation, args, call).catch(refusing(operation)));
  };

  return {
    list: async (form, key, call) => {
      const result = await ask(form.operation, { [form.key]: key }, call);
      return recordsIn(form, result, alarm);
    },
    open: async (form, element, key, call) => {
      const { operation } = form;
      const args = argumentsFor(operation, { [form.key]: key });
      const { answer, file } = await soap
        .openInline(operation, args, element, call)
        .catch(refusing(operation));
      try {
        return { records: recordsIn(form, inside(operation, answer), alarm), file };
      } catch (error) {
        await leave(file);
        throw error;
      }
    },
    search: async (shape, contract, call) => {
      const result = await ask(searching, { NumeroContrat: contract }, call);
      return foundIn({ operation: searching, element: "Locataire", shape }, result, alarm);
    },
    write: async (form, fields, call) =>
      writtenIn(form, await ask(form.operation, fields, call), alarm),
    warn: (message, details) => io.log("warn", message, details),
    close: () => soap.close(),
  };
}

const refusing =
  (operation: string) =>
  (error: unknown): never => {
    throw error instanceof SoapFault ? faultError(operation, error) : error;
  };

/** Closes the exchange of a file that nobody reads. */
export async function leave(file: InlineFile["file"]): Promise<void> {
  await file?.[Symbol.asyncIterator]().return?.();
}

/** In the body of every call; one operation spells the base differently. */
function credentials(operation: string, { username, password, base }: Settings) {
  const who = { Utilisateur: username, MotDePasse: password };
  return operation === "ListerEcritures" ? { ...who, BaseDonnees: base } : { ...who, Base: base };
}

/** Absent, nil, blank, or without elements. */
function isEmpty(result: unknown): boolean {
  if (typeof result === "string") return result.trim() === "";
  return Object.keys(result ?? {}).length === 0;
}
