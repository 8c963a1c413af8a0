/** What a WSDL or an OpenAPI file says of an interface, in the one form in which two are compared. */
import { PortError } from "../ports/errors.ts";

export interface Described {
  /** The path of its address, without the host: each landlord has its own. */
  readonly base: string;
  /** By what makes two of them the same: the name of a SOAP operation, the method and form of a path. */
  readonly operations: ReadonlyMap<string, Operation>;
}

export interface Operation {
  /** As people write it: `LireSoldes`, `GET /contracts/{id}`. */
  readonly name: string;
  /** What must be as it was, such as the action of a SOAP call or the credentials. */
  readonly facts: ReadonlyMap<string, string>;
  readonly request: Fields;
  readonly answer: Fields;
}

/** By their path: `Adresse.Ville`. */
export type Fields = ReadonlyMap<string, Field>;

export interface Field {
  /** The path of the field that it stands in; null for one at the top. */
  readonly parent: string | null;
  readonly type: string;
  readonly required: boolean;
  readonly repeated: boolean;
  readonly nillable: boolean;
  /** Null where any value of the type may stand. */
  readonly values: readonly string[] | null;
  /** Lengths, bounds, patterns, namespaces: by name. */
  readonly limits: ReadonlyMap<string, string>;
}

export const plainField: Field = {
  parent: null,
  type: "record",
  required: false,
  repeated: false,
  nillable: false,
  values: null,
  limits: new Map(),
};

/** The type of what stands for an answer that is an error. */
export const errorAnswer = "error";

const mostSteps = 200_000;
export const mostLevels = 60;

/**
 * Counts the steps of one reading: types that name each other may make a small file endless. Throws
 * BAD_RESPONSE when there are too many.
 */
export function countSteps(): () => void {
  let steps = 0;
  return () => {
    steps += 1;
    if (steps > mostSteps) throw new PortError("BAD_RESPONSE", "A description without an end");
  };
}

/** The key of `GET /contracts/{id}`: what parameters are called is nothing that is sent. */
export const keyOf = (operation: string): string =>
  operation.replace(/\{[^/{}]*\}/g, "{}").replace(/\/+$/, "");
