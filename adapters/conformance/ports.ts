/** Every port there is: a new one joins the checks by standing in a file of `ports/`. */
import * as billingChanges from "../ports/billing-changes.ts";
import * as billing from "../ports/billing.ts";
import type { ChangePort } from "../ports/changes.ts";
import * as contractChanges from "../ports/contract-changes.ts";
import * as contract from "../ports/contract.ts";
import * as documents from "../ports/documents.ts";
import * as identityChanges from "../ports/identity-changes.ts";
import * as identity from "../ports/identity.ts";
import type { BatchRead, MethodSpec, Port } from "../ports/port.ts";
import * as requestChanges from "../ports/request-changes.ts";
import * as requests from "../ports/requests.ts";
import * as surveys from "../ports/surveys.ts";

const files: Readonly<Record<string, object>> = {
  identity,
  contract,
  billing,
  documents,
  "request-changes": requestChanges,
  requests,
  surveys,
  "identity-changes": identityChanges,
  "contract-changes": contractChanges,
  "billing-changes": billingChanges,
};

const isPort = (value: unknown): value is Port<unknown> =>
  typeof value === "object" && value !== null && "name" in value && "methods" in value;

/** The ports of each file of `ports/`, by the name of that file without its ending. */
export const portsByFile: Readonly<Record<string, readonly Port<unknown>[]>> = Object.fromEntries(
  Object.entries(files).map(([name, file]) => [name, Object.values(file).filter(isPort)]),
);
export const allPorts: readonly Port<unknown>[] = Object.values(portsByFile).flat();

const isChangePort = (port: Port<unknown>): port is ChangePort<unknown> => "payload" in port;
export const changePorts: readonly ChangePort<unknown>[] = allPorts.filter(isChangePort);

/** What a read is asked by. */
export type KeyKind =
  | "person"
  | "contract"
  | "page"
  | "document"
  | "request"
  | "reference"
  | "credentials";

/** One method that reads. */
export interface Read {
  /** `balances.ofContracts` */
  readonly name: string;
  readonly port: Port<Record<string, BatchRead<unknown, unknown>>>;
  readonly method: string;
  readonly by: KeyKind;
  /** What is said of a key that names nothing: refused where the shape has no room for it. */
  readonly unknown: "null" | "none" | "empty page" | "refused";
}

export const noItems = { items: [], endCursor: null, hasNextPage: false, total: 0 };

function unknownOf({ answer }: MethodSpec): Read["unknown"] {
  const fits = (value: unknown) => answer.safeParse(value).success;
  if (fits(null)) return "null";
  if (fits([])) return "none";
  return fits(noItems) ? "empty page" : "refused";
}

function keyKindOf(port: string, method: string, unknown: Read["unknown"]): KeyKind {
  if (method === "ofPersons" || port === "persons") return "person";
  if (method === "byReferences") return "reference";
  if (method === "check") return "credentials";
  if (method === "byKeys") return port === "serviceRequests" ? "request" : "document";
  return unknown === "empty page" ? "page" : "contract";
}

export const allReads: readonly Read[] = allPorts.flatMap((port) =>
  Object.entries<MethodSpec>(port.methods)
    .filter(([, spec]) => spec.of === "read")
    .map(([method, spec]) => {
      const unknown = unknownOf(spec);
      const by = keyKindOf(port.name, method, unknown);
      return { name: `${port.name}.${method}`, port: port as Read["port"], method, by, unknown };
    }),
);

/** Those whose answers are pages. */
export const pagedReads = allReads.filter(({ by }) => by === "page");
/** Those of one thing that belongs to a contract. */
export const ownedReads = allReads.filter(({ by }) => by === "document" || by === "request");
