import soap, { type Client, type IHttpClient } from "soap";
import { PortError } from "../ports/errors.ts";
import { attributesKey, byPosition, inOrder } from "./soap-arguments.ts";
import { isShape, type Shape } from "./soap-data.ts";

export interface ServiceOptions {
  /** A file; what it imports is found beside it. Nothing is ever fetched. */
  wsdl: string;
  endpoint: string;
  version: "1.1" | "1.2";
  /**
   * A WS-Security UsernameToken. With `digest`, nonce and time are new in each message, and the
   * password is never sent; without, it is, as it is.
   */
  security?: { username: string; password: string; digest: boolean };
}

export interface SoapMessage {
  readonly xml: string;
  readonly headers: Record<string, string>;
}

/** What a WSDL says: how a request is written, and what its answer looks like. */
export interface Service {
  /** Throws INVALID_INPUT for text that XML cannot hold, INTERNAL for arguments that do not fit. */
  write(operation: string, args: Record<string, unknown>): SoapMessage;
  /** The local name of the element in the answer's Body, and its shape. */
  answerOf(operation: string): { name: string; shape: Shape | undefined };
}

/** Reads the WSDL. Rejects with INTERNAL when it cannot be read, or names a file elsewhere. */
export async function loadService(options: ServiceOptions): Promise<Service> {
  const client = await createClient(options);
  const described = operationsOf(client);
  const find = (operation: string) => {
    const found = described.get(operation);
    if (!found) throw new PortError("INTERNAL", `The WSDL has no operation ${operation}`);
    return found;
  };
  return {
    write(operation, args) {
      const { parameters, input } = find(operation);
      const fitted = parameters ? byPosition(parameters, args) : inOrder(args, input);
      return capture(client, operation, fitted);
    },
    answerOf: find,
  };
}

async function createClient(options: ServiceOptions): Promise<Client> {
  try {
    const client = await soap.createClientAsync(options.wsdl, {
      endpoint: options.endpoint,
      forceSoap12Headers: options.version === "1.2",
      attributesKey,
      // Without it, types that an imported schema takes from another one have no known shape.
      forceUseSchemaXmlns: true,
      disableCache: true,
      httpClient: handOver,
    });
    const { security } = options;
    if (security) {
      const passwordType = security.digest ? "PasswordDigest" : "PasswordText";
      const token = { passwordType, hasTimeStamp: false };
      client.setSecurity(new soap.WSSecurity(security.username, security.password, token));
    }
    return client;
  } catch (error) {
    throw new PortError("INTERNAL", "The WSDL cannot be read", { cause: error });
  }
}

type HandOver = (message: SoapMessage) => void;

/**
 * Stands where the soap package would send: what it wrote goes to the call that asked for it, and
 * no answer ever reaches it. For a WSDL that imports over HTTP, there is nobody to ask.
 */
const handOver = {
  request(_url, xml: string | null, callback, headers, options) {
    const receive = options?.["receive"] as HandOver | undefined;
    if (receive && xml !== null) receive({ xml, headers: { ...headers } });
    else callback(new Error("A WSDL may not name a file elsewhere"));
    return undefined as never;
  },
} satisfies IHttpClient;

/** The soap package writes and calls `request` before it returns, so calls cannot mix. */
function capture(client: Client, operation: string, args: Record<string, unknown>): SoapMessage {
  let written: SoapMessage | undefined;
  const receive: HandOver = (message) => (written = message);
  const invoke = client[operation] as (args: unknown, done: () => void, options: unknown) => void;
  invoke(args, () => {}, { receive });
  if (!written) throw new PortError("INTERNAL", `${operation}: the request could not be written`);
  return written;
}

interface Operation {
  readonly name: string;
  readonly shape: Shape | undefined;
  readonly input: unknown;
  /** Names of the parameters in their order, where they are bound by it (rpc style). */
  readonly parameters: string[] | undefined;
}

function operationsOf(client: Client): Map<string, Operation> {
  const { definitions } = client.wsdl;
  const found = new Map<string, Operation>();
  for (const binding of Object.values(definitions.bindings)) {
    for (const [operation, method] of Object.entries(binding.methods)) {
      const rpc = (method.style || binding.style) === "rpc";
      const described = method.description(definitions) as { input?: unknown; output?: unknown };
      found.set(operation, {
        name: rpc ? `${operation}Response` : (method.output?.$name ?? ""),
        shape: isShape(described.output) ? described.output : undefined,
        input: described.input,
        parameters: rpc ? Object.keys(method.input.parts ?? {}) : undefined,
      });
    }
  }
  return found;
}
