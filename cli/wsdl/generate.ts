/**
 * From a WSDL to the parts of a new adapter. The WSDL is read by `adapters/transport/wsdl`, which also
 * tells `adapters/transport/soap.ts` how requests are written and answers read: as texts, checked by zod.
 */
import {
  choosePort,
  readDefinitions,
  type Definitions,
  type WsdlPort,
} from "../../adapters/transport/wsdl/definitions.ts";
import { eachOrFaults, faultAt, WsdlFaults } from "../../adapters/transport/wsdl/faults.ts";
import { loadWsdl } from "../../adapters/transport/wsdl/load.ts";
import {
  operationNames,
  operationsOf,
  type Operation,
} from "../../adapters/transport/wsdl/operations.ts";
import { createTypes } from "../../adapters/transport/wsdl/types.ts";
import type { XmlNode } from "../../adapters/transport/wsdl/xml.ts";
import { timeZoneSetting } from "../scaffold/empty.ts";
import type { Generation, GeneratedSetting } from "../scaffold/generated.ts";
import { callOf, reachedFrom, type ErpCall } from "./calls.ts";
import { copiesOf, readOrFetch } from "./copies.ts";
import { callText, clientFile, errorsFile, methodsOf } from "./emit-client.ts";
import { emitTypes } from "./emit-types.ts";
import { wireFiles } from "./emit-wire.ts";
import { loginOf } from "./login.ts";

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
  const documents = await loadWsdl(file, readOrFetch);
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
      ...answeredHeadersLeft(calls),
      ...encodedLeft(chosen),
      ...mixedLeft(calls),
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

const answeredHeadersLeft = (calls: readonly ErpCall[]): string[] =>
  calls
    .filter(({ answeredHeaders, file }) => answeredHeaders !== null && file !== null)
    .map(
      ({ operation }) =>
        `${operation}: the SOAP headers of its answer are not given, since the file behind them is read as it comes.`,
    );

const encodedLeft = (operations: readonly Operation[]): string[] =>
  operations.some(({ encoded }) => encoded)
    ? ['rpc/encoded: an answer that refers to other parts of itself (href="#…") is BAD_RESPONSE.']
    : [];

function mixedLeft(calls: readonly ErpCall[]): string[] {
  const reached = new Set(calls.flatMap(({ answer }) => [...reachedFrom(answer)]));
  const names = [...reached].filter(({ mixed }) => mixed).map(({ wanted }) => wanted);
  if (names.length === 0) return [];
  return [
    `Text between elements (mixed): an answer with some in ${[...new Set(names)].join(", ")} is BAD_RESPONSE.`,
  ];
}

const filesLeft = (calls: readonly ErpCall[]): string[] =>
  calls
    .filter(({ file }) => file !== null)
    .map(
      ({ operation, file }) =>
        `${operation}: what comes behind ${file} in the answer is not there when its bytes begin, so it is optional.`,
    );
