/**
 * From a WSDL to the parts of a new adapter. The types are our own: generators of types from a WSDL
 * (wsdl-tsclient and its like) describe what the soap package makes of an answer, with its numbers
 * and dates; here answers are read by `adapters/transport/soap.ts`, as texts, and checked by zod.
 */
import { timeZoneSetting } from "../scaffold/empty.ts";
import type { Generation, GeneratedSetting } from "../scaffold/generated.ts";
import { callOf, type ErpCall } from "./calls.ts";
import {
  choosePort,
  operationNames,
  operationsOf,
  readDefinitions,
  type Definitions,
  type Operation,
  type WsdlPort,
} from "./definitions.ts";
import { callText, clientFile, errorsFile, methodsOf } from "./emit-client.ts";
import { emitTypes } from "./emit-types.ts";
import { wireFiles } from "./emit-wire.ts";
import { eachOrFaults, faultAt, WsdlFaults } from "./faults.ts";
import { copiesOf, loadWsdl } from "./load.ts";
import { loginOf } from "./login.ts";
import { createTypes, type Types } from "./types.ts";
import type { XmlNode } from "./xml.ts";

export interface WsdlOptions {
  readonly product: string;
  /** By their names in the WSDL; all unless given. */
  readonly operations?: readonly string[];
  /** Which port of the service. */
  readonly port?: string;
}

/** `file` is a path or an http(s) address. */
export async function generateFromWsdl(file: string, options: WsdlOptions): Promise<Generation> {
  try {
    return await generate(file, options);
  } catch (error) {
    if (error instanceof WsdlFaults) return { faults: error.faults };
    throw error;
  }
}

async function generate(
  file: string,
  { product, operations: names, port: wanted }: WsdlOptions,
): Promise<Generation> {
  const documents = await loadWsdl(file);
  const definitions = readDefinitions(documents);
  const { port, left } = choosePort(definitions, wanted);
  const all = operationsOf(definitions, port.binding);
  const types = createTypes(definitions.schemas);
  const chosen = names ? chooseFrom(all, names, definitions.root) : all;
  const login = loginOf(documents);
  const { attached } = login;
  const twice = namesTwice(definitions, port);
  const read = eachOrFaults(chosen, (operation) => ({
    operation,
    made: twice.has(operation.name) ? { unfit: ambiguous } : callOf(operation, types, login),
  }));
  const called = read.flatMap(({ operation, made }) => ("unfit" in made ? [] : [operation]));
  const calls = read.flatMap(({ made }) => ("unfit" in made ? [] : [made]));
  const reasons = read.flatMap(({ operation, made }) =>
    "unfit" in made ? [`${operation.name}: ${made.unfit}`] : [],
  );
  const unfit = [...new Set(reasons)];
  if (calls.length === 0) {
    throw faultAt(
      definitions.root,
      port.name,
      `None of its operations can be called. ${unfit.join(" ")}`.trim(),
    );
  }
  const wire = emitTypes(calls);
  const files = wireFiles(product, calls, wire);
  const copies = copiesOf(documents);
  const { version } = port.binding;
  const description = { kind: "wsdl" as const, path: copies.main };
  const client = { product, calls, wire, files, version, wsdl: copies.main, login, attached };
  return {
    files: [...copies.files, ...files.files, clientFile(client), errorsFile(product)],
    settings: [endpointSetting(port.address), ...login.settings, timeZoneSetting],
    operations: methodsOf(calls).map((method) => ({
      name: method.call.operation,
      about: method.call.about,
      call: callText(method),
    })),
    left: [
      ...left,
      ...unfit,
      ...headersLeft(called),
      ...attributesLeft(types),
      ...encodedLeft(chosen),
      ...login.left,
      ...(attached ? [] : filesLeft(calls)),
    ],
    description,
  };
}

const ambiguous =
  "The WSDL has several operations of this name, and what writes the request cannot tell them apart. Remove the others from a copy of the WSDL, and begin with that.";

/** Names that the chosen port type has twice, or another one has too. */
function namesTwice(definitions: Definitions, port: WsdlPort): ReadonlySet<string> {
  const types = new Set([port, ...definitions.ports].map(({ binding }) => binding.type));
  const names = [...types].flatMap((type) => operationNames(definitions, type));
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}

const endpointSetting = (address: string): GeneratedSetting => ({
  name: "endpoint",
  schema: "z.url({ protocol: /^https?$/ })",
  about: "Where the ERP's SOAP service is.",
  secret: false,
  example: /^https?:\/\//i.test(address) ? address : "https://erp.example.org/soap",
});

function chooseFrom(
  all: readonly Operation[],
  names: readonly string[],
  root: XmlNode,
): Operation[] {
  const known = all.map(({ name }) => name);
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length > 0) {
    throw faultAt(
      root,
      missing.join(", "),
      `There is no such operation. There are: ${known.join(", ")}.`,
    );
  }
  return all.filter(({ name }) => names.includes(name));
}

const headersLeft = (operations: readonly Operation[]): string[] =>
  operations
    .filter(({ headers }) => headers.length > 0)
    .map(({ name, headers }) => `${name}: its SOAP header ${headers.join(", ")} is not sent.`);

function attributesLeft({ attributes }: Types): string[] {
  if (attributes.size === 0) return [];
  return [`XML attributes are neither read nor sent: ${[...attributes].join(", ")}.`];
}

const encodedLeft = (operations: readonly Operation[]): string[] =>
  operations.some(({ encoded }) => encoded)
    ? ['rpc/encoded: an answer that refers to other parts of itself (href="#…") is BAD_RESPONSE.']
    : [];

const filesLeft = (calls: readonly ErpCall[]): string[] =>
  calls
    .filter(({ file }) => file !== null)
    .map(
      ({ operation, file }) =>
        `${operation}: what comes behind ${file} in the answer is not there when its bytes begin, so it is optional.`,
    );
