/** Intitulo over SOAP: one call, its result code, and the document in its string. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import { PortError } from "../../ports/errors.ts";
import type { Rejection } from "../../ports/changes.ts";
import type { Call } from "../../ports/port.ts";
import { text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { toData } from "../../transport/soap-data.ts";
import type { InlineFile } from "../../transport/soap-inline.ts";
import { createSoapClient, SoapFault } from "../../transport/soap.ts";
import { parseXml, type XmlElement } from "../../transport/xml.ts";
import { faultError, rejectionOf, resultError } from "./errors.ts";

export interface Settings {
  endpoint: string;
  username: string;
  password: string;
}

/** The parts of a request in any order, each of them, empty text for those that are not used. */
export type Parts = Readonly<Record<string, string>>;

export interface Answer {
  /** A part of the answer beside the flux. */
  part<T extends z.ZodType>(name: string, shape: T): z.infer<T>;
  /** The records of that name in the flux, in its order. */
  records<T extends z.ZodType>(name: string, shape: T): z.infer<T>[];
}

export type Told = { readonly key: string } | { readonly refused: Rejection };

export interface Intitulo {
  /** Null when Intitulo does not find what is asked for. Throws PortError for any other failure. */
  ask(operation: string, parts: Parts, call: Call): Promise<Answer | null>;
  /**
   * For what changes something: the part `key` of the answer, or why Intitulo refused. Throws
   * PortError as `ask` does, with `notApplied` where it let us in not at all.
   */
  tell(operation: string, parts: Parts, key: string, call: Call): Promise<Told>;
  /** For an answer with a file in its element `contenu`. Null as for `ask`. */
  open(operation: string, parts: Parts, call: Call): Promise<InlineFile | null>;
  warn(message: string, details: Record<string, unknown>): void;
  close(): Promise<void>;
}

const wsdl = fileURLToPath(new URL("./wsdl/serveur_portail.wsdl", import.meta.url));

export async function createIntitulo(settings: Settings, io: Io): Promise<Intitulo> {
  const { endpoint, username, password } = settings;
  const soap = await createSoapClient(io, { wsdl, endpoint, version: "1.1" });
  const authentification = {
    application: "trousseau",
    utilisateur: username,
    mot_de_passe: password,
    entite: "1",
  };
  const alarm = (message: string) => io.log("error", message);

  const resultOf = (operation: string, answer: Record<string, unknown>) =>
    readRecord(resultRecord, answer["resultat"], `${operation}: resultat`);

  /** Whether it was found. */
  const isFound = (operation: string, answer: Record<string, unknown>): boolean => {
    const { result_code: code, result_label: label } = resultOf(operation, answer);
    if (code === "OK" || code === "NOT_FOUND") return code === "OK";
    throw resultError(operation, code, label, alarm);
  };

  return {
    ask: async (operation, parts, call) => {
      const answer = await soap
        .call(operation, { authentification, ...parts }, call)
        .catch(refusing(operation));
      return isFound(operation, answer) ? answerOf(operation, answer) : null;
    },
    tell: async (operation, parts, key, call) => {
      const answer = await soap
        .call(operation, { authentification, ...parts }, call)
        .catch(refusing(operation));
      const { result_code: code, result_label: label } = resultOf(operation, answer);
      if (code === "OK") return { key: readRecord(text, answer[key], `${operation}: ${key}`) };
      const refused = rejectionOf(code);
      if (refused) return { refused };
      throw resultError(operation, code, label, alarm);
    },
    open: async (operation, parts, call) => {
      const opened = await soap
        .openInline(operation, { authentification, ...parts }, "contenu", call)
        .catch(refusing(operation));
      return isFound(operation, opened.answer) ? opened : null;
    },
    warn: (message, details) => io.log("warn", message, details),
    close: () => soap.close(),
  };
}

const resultRecord = z.object({ result_code: z.string().trim().min(1), result_label: z.string() });

const refusing =
  (operation: string) =>
  (error: unknown): never => {
    throw error instanceof SoapFault ? faultError(operation, error) : error;
  };

/** Elements of the flux that may come more than once in a record. */
const lists = new Set(["ligne", "titulaire", "lot"]);

function answerOf(operation: string, answer: Record<string, unknown>): Answer {
  const flux = fluxOf(operation, answer["flux"]);
  return {
    part: (name, shape) => readRecord(shape, answer[name], `${operation}: ${name}`),
    records: (name, shape) => {
      const found = flux.children.filter(({ local }) => local === name);
      const records = found.map((element) => toData(element, undefined, lists));
      return readRecord(z.array(shape), records, `${operation}: ${name}`);
    },
  };
}

/** The document in the string. What its prolog says of its encoding is not looked at: it is a lie. */
function fluxOf(operation: string, text: unknown): XmlElement {
  const root = typeof text === "string" ? parseXml(text.trimStart()) : null;
  if (root?.local === "flux") return root;
  throw new PortError("BAD_RESPONSE", `${operation}: there is no flux`);
}
