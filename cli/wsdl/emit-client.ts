/** `client.ts` and `errors.ts` of an adapter over SOAP. */
import { commentText } from "../scaffold/index-file.ts";
import { importLines, type Import } from "../scaffold/imports.ts";
import type { GeneratedFile } from "../scaffold/generated.ts";
import type { ErpCall } from "./calls.ts";
import type { Wire } from "./emit-types.ts";
import type { WireFiles } from "./emit-wire.ts";
import { createNames, camelCase } from "./names.ts";
import { fieldsOf, type RecordType } from "./types.ts";
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
  for (const { request, answer } of calls) {
    if (request) add(request, "type ");
    add(answer, "");
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

const answerType = ({ answer, file }: ErpCall, wire: Wire): string => {
  const name = wire.nameOf(answer);
  return file === null ? name : `{ answer: ${name}; file: AsyncIterable<Uint8Array> | null }`;
};

function declared({ name, call }: Method, { wire }: ClientOptions): string {
  const request = call.request ? `request: ${wire.nameOf(call.request)}, ` : "";
  const streamed =
    call.file === null
      ? ""
      : `The bytes of ${call.file} come as they are asked for; leaving their loop closes the exchange.`;
  const about = [commentText(call.about), streamed].filter((one) => one !== "").join(" ");
  const doc = about ? `  /** ${about} */\n` : "";
  return `${doc}  ${name}(${request}call: Call): Promise<${answerType(call, wire)}>;`;
}

function createText(methods: readonly Method[], options: ClientOptions): string {
  const { version, login, attached } = options;
  const plain = methods.some(({ call }) => call.file === null);
  const streams = methods.some(({ call }) => call.file !== null);
  return `export async function createClient(settings: Settings, io: Io): Promise<Client> {
  const { endpoint, timeZone } = settings;
  const soap = await createSoapClient(io, { wsdl, endpoint, version: "${version}"${login.option} });
${plain ? ask : ""}${streams ? (attached ? openAttached : openInline) : ""}  return {
    timeZone,
${methods.map((method) => `    ${method.name}: ${implemented(method, options)},`).join("\n")}
    close: () => soap.close(),
  };
}
`;
}

const ask = `  const ask =
    <T extends z.ZodType>(operation: string, shape: T) =>
    async (request: object, call: Call): Promise<z.infer<T>> => {
      const answer = await soap.call(operation, { ...request }, call).catch(refusing(operation));
      return readRecord(shape, answer, operation);
    };
`;

const openInline = `  const open =
    <T extends z.ZodType>(operation: string, shape: T, element: string) =>
    async (request: object, call: Call) => {
      const { answer, file } = await soap
        .openInline(operation, { ...request }, element, call)
        .catch(refusing(operation));
      try {
        return { answer: readRecord(shape, answer, operation), file };
      } catch (error) {
        await file?.[Symbol.asyncIterator]().return?.();
        throw error;
      }
    };
`;

const openAttached = `  const open =
    <T extends z.ZodType>(operation: string, shape: T) =>
    async (request: object, call: Call) => {
      const { answer, attachment } = await soap
        .open(operation, { ...request }, call)
        .catch(refusing(operation));
      const file = attachment?.body ?? null;
      try {
        return { answer: readRecord(shape, answer, operation), file };
      } catch (error) {
        await file?.[Symbol.asyncIterator]().return?.();
        throw error;
      }
    };
`;

function implemented({ call }: Method, { wire, attached }: ClientOptions): string {
  const args = [JSON.stringify(call.operation), wire.nameOf(call.answer)];
  const element = call.file === null || attached ? [] : [JSON.stringify(call.file)];
  const made = `${call.file === null ? "ask" : "open"}(${[...args, ...element].join(", ")})`;
  return call.request ? made : `(call) => ${made}({}, call)`;
}

/** How an operation is called, for README and terminal. */
export function callText({ name, call }: Method): string {
  if (!call.request) return `client.${name}(call)`;
  const fields = fieldsOf(call.request).map((field) => field.name);
  const some = fields.length > 6 ? [...fields.slice(0, 6), "…"] : fields;
  return `client.${name}({ ${some.join(", ")} }, call)`;
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
