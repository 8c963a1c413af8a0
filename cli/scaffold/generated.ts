/** What a description of an ERP (WSDL, OpenAPI) is made into: the parts of a new adapter that know its wire. */

export interface Generated {
  /**
   * Paths in the adapter's folder: the description itself with all that it refers to, `wire.ts` with
   * the shapes, `client.ts`, which exports `Settings`, `Client` and `createClient(settings, io)`;
   * this one answers a promise where the description is a WSDL, else the client itself.
   * They need not be formatted; what is under `wsdl/` or `fixtures/` stays as it is.
   */
  readonly files: readonly GeneratedFile[];
  readonly settings: readonly GeneratedSetting[];
  readonly operations: readonly GeneratedOperation[];
  /** What the description holds and nothing was made of, each with its reason: for README and terminal. */
  readonly left: readonly string[];
  /** For `description` of the adapter; null where there is none to begin with. */
  readonly description: { readonly kind: "wsdl" | "openapi"; readonly path: string } | null;
}

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** One line of the adapter's settings. */
export interface GeneratedSetting {
  readonly name: string;
  /** A zod expression. */
  readonly schema: string;
  readonly about: string;
  readonly secret: boolean;
  /** What stands in the landlord's file until somebody knows better. */
  readonly example: string;
}

export interface GeneratedOperation {
  /** As the ERP names it. */
  readonly name: string;
  /** What it is for, in the description's words; empty where it says nothing. */
  readonly about: string;
  /** How it is called in TypeScript: `client.lireSolde({ contrat }, call)`. */
  readonly call: string;
}

/** Why nothing, or less, could be made. */
export interface DescriptionFault {
  readonly file: string;
  /** From 1; 0 where no line is to blame. */
  readonly line: number;
  /** Where inside: an element, a JSON pointer. */
  readonly place: string;
  /** A whole sentence: what is wrong and what to do. */
  readonly message: string;
}

export type Generation = Generated | { readonly faults: readonly DescriptionFault[] };
