/** `client.ts` and `errors.ts` of an adapter over SOAP. */
import { fieldsOf, type RecordType } from "../../adapters/transport/wsdl/records.ts";
import { commentText } from "../scaffold/index-file.ts";
import { importLines, type Import } from "../scaffold/imports.ts";
import type { GeneratedFile } from "../scaffold/generated.ts";
import type { ErpCall } from "./calls.ts";
import { makersText, type Maker } from "./emit-makers.ts";
import type { Wire } from "./emit-types.ts";
import type { WireFiles } from "./emit-wire.ts";
import { createNames, camelCase, keyText } from "./names.ts";
import type { Login } from "./login.ts";

export interface ClientOptions {
  readonly product: string;
  readonly calls: readonly ErpCall[];
  readonly wire: Wire;
  readonly files: WireFiles;
  readonly version: "1.1" | "1.2";
  /** Of the copy, in the adapter's folder. */
  readonly wsdl: string;
  readonly login: Login;
  /** Whether files come beside the message (MTOM) instead of as base64 in it. */
  readonly attached: boolean;
}

export interface Method {
  readonly name: string;
  readonly call: ErpCall;
}

export function methodsOf(calls: readonly ErpCall[]): Method[] {
  const naming = createNames("Operation", (name) => ["close", "timeZone"].includes(name));
  return calls.map((call) => ({ name: naming(camelCase(call.operation)), call }));
}

export function clientFile(options: ClientOptions): GeneratedFile {
  const { product, calls, version, wsdl, login } = options;
  const methods = methodsOf(calls);
  const text = `/** ${product} over SOAP ${version}: an operation each, its answer held against its shape. */
${importLines(importsOf(options))}

export interface Settings {
  readonly endpoint: string;
${login.settings.map(({ name, about }) => `  /** ${commentText(about)} */\n  readonly ${name}${login.optional ? "?" : ""}: string${login.optional ? " | undefined" : ""};\n`).join("")}  /** In which the ERP's clocks stand. */
  readonly timeZone: string;
}

/** Operations throw PortError: see \`SoapClient\`, errors.ts, and BAD_RESPONSE for what does not fit. */
export interface Client {
  readonly timeZone: string;
${methods.map((method) => declared(method, options)).join("\n")}
  close(): Promise<void>;
}

const wsdl = fileURLToPath(new URL("./${wsdl}", import.meta.url));

${createText(methods, options)}
${login.code}`;
  return { path: "client.ts", text };
}

function importsOf({ calls, wire, files, login }: ClientOptions): Import[] {
  const found = new Map<string, string[]>();
  const add = (record: RecordType, prefix: string) => {
    const from = `./${files.fileOf(record)}`;
    const names = found.get(from) ?? [];
    const name = wire.nameOf(record);
    const known = names.indexOf(`type ${name}`);
    if (prefix === "" && known >= 0) names[known] = name;
    else if (!names.includes(name) && known < 0) names.push(prefix + name);
    found.set(from, names);
  };
  for (const { request, headers, answer, answeredHeaders, file } of calls) {
    if (request) add(request, "type ");
    if (headers) add(headers, "type ");
    add(answer, "");
    if (answeredHeaders && file === null) add(answeredHeaders, "");
  }
  return [
    { names: ["fileURLToPath"], from: "node:url" },
    { names: ["type z"], from: "zod" },
    { names: ["type Io"], from: "../../ports/adapter.ts" },
    { names: ["type Call"], from: "../../ports/port.ts" },
    { names: ["readRecord"], from: "../../transport/read-record.ts" },
    { names: ["createSoapClient"], from: "../../transport/soap.ts" },
    { names: ["refusing"], from: "./errors.ts" },
    ...login.imports,
    ...[...found].map(([from, names]) => ({ names, from })),
  ];
}

const answerType = ({ answer, answeredHeaders, file }: ErpCall, wire: Wire): string => {
  const name = wire.nameOf(answer);
  if (file !== null) return `{ answer: ${name}; file: AsyncIterable<Uint8Array> | null }`;
  return answeredHeaders ? `{ answer: ${name}; headers: ${wire.nameOf(answeredHeaders)} }` : name;
};

function declared({ name, call }: Method, { wire }: ClientOptions): string {
  const taken = [
    ...(call.request ? [`request: ${wire.nameOf(call.request)}, `] : []),
    ...(call.headers ? [`headers: ${wire.nameOf(call.headers)}, `] : []),
  ].join("");
  const streamed =
    call.file === null
      ? ""
      : `The bytes of ${call.file} come as they are asked for; leaving their loop closes the exchange.`;
  const about = [commentText(call.about), streamed].filter((one) => one !== "").join(" ");
  const doc = about ? `  /** ${about} */\n` : "";
  return `${doc}  ${name}(${taken}call: Call): Promise<${answerType(call, wire)}>;`;
}

function createText(methods: readonly Method[], options: ClientOptions): string {
  const { version, login, attached } = options;
  const makers = makersText(new Set(methods.map(({ call }) => makerOf(call))), {
    attached,
    headers: methods.some(({ call }) => call.headers !== null),
  });
  return `export async function createClient(settings: Settings, io: Io): Promise<Client> {
  const { endpoint, timeZone } = settings;
  const soap = await createSoapClient(io, { wsdl, endpoint, version: "${version}"${login.option} });
${makers}  return {
    timeZone,
${methods.map((method) => `    ${method.name}: ${implemented(method, options)},`).join("\n")}
    close: () => soap.close(),
  };
}
`;
}

/** Which of the functions in front makes it. */
function makerOf({ file, answeredHeaders }: ErpCall): Maker {
  if (file !== null) return "open";
  return answeredHeaders ? "exchange" : "ask";
}

function implemented({ call }: Method, { wire, attached }: ClientOptions): string {
  const args = [JSON.stringify(call.operation), wire.nameOf(call.answer)];
  const maker = makerOf(call);
  const last = {
    ask: [],
    exchange: [wire.nameOf(call.answeredHeaders ?? call.answer)],
    open: attached ? [] : [JSON.stringify(call.file)],
  }[maker];
  const made = `${maker}(${[...args, ...last].join(", ")})`;
  if (call.headers) {
    return call.request
      ? `(request, headers, call) => ${made}(request, call, headers)`
      : `(headers, call) => ${made}({}, call, headers)`;
  }
  return call.request ? made : `(call) => ${made}({}, call)`;
}

/** How an operation is called, for README and terminal. */
export function callText({ name, call }: Method): string {
  const taken = [call.request, call.headers].flatMap((record) => (record ? [namesIn(record)] : []));
  return `client.${name}(${[...taken, "call"].join(", ")})`;
}

function namesIn(record: RecordType): string {
  const names = fieldsOf(record).map((field) => keyText(field.name));
  const some = names.length > 6 ? [...names.slice(0, 6), "…"] : names;
  return `{ ${some.join(", ")} }`;
}

export const errorsFile = (product: string): GeneratedFile => ({
  path: "errors.ts",
  text: `/** From ${product}'s Faults to the closed table. Its own words go into \`cause\` only. */
${importLines([
  { names: ["PortError", "type ErrorCode"], from: "../../ports/errors.ts" },
  { names: ["SoapFault"], from: "../../transport/soap.ts" },
])}

/** Rethrows what a call came to: a Fault as PortError, the rest as it is. */
export const refusing =
  (operation: string) =>
  (error: unknown): never => {
    throw error instanceof SoapFault ? faultError(operation, error) : error;
  };

/** To be refined as you learn which codes ${product} uses for what is not found, refused, or busy. */
function faultError(operation: string, fault: SoapFault): PortError {
  const side = fault.code.split(":").at(-1) ?? "";
  const cause = new Error(\`${product} \${fault.code}: \${fault.reason}\`);
  return new PortError(codeOf(side), \`\${operation}: a Fault\`, { cause });
}

function codeOf(side: string): ErrorCode {
  // It says that what we sent is wrong.
  if (["Client", "Sender", "VersionMismatch", "MustUnderstand"].includes(side)) return "INTERNAL";
  return "UNAVAILABLE";
}
`,
});
