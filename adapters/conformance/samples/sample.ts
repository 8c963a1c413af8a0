/** Changes to try: one that the ERP should apply, and how it shows afterwards. */
import { randomUUID } from "node:crypto";
import type { Submission } from "../../ports/changes.ts";
import type { Port, Ports } from "../../ports/port.ts";
import { need } from "../check.ts";
import type { Material } from "../material.ts";
import { newCall, type Subject } from "../subject.ts";
import { openFile } from "./values.ts";

export interface Sample {
  readonly submission: Submission<unknown>;
  /** Whether the ERP has it now, once; null where no port reads such a thing. */
  shows(subject: Subject): Promise<boolean | null>;
}

export interface Party {
  readonly person: string;
  readonly contract: string | null;
}

export type Writing = NonNullable<Material["writing"]>;

export const writingOf = ({ material }: Subject): Writing =>
  need(material.writing, "writing: a person and a contract with which changes may be tried");

export function sampleOf(party: Party, payload: unknown, shows: Sample["shows"]): Sample {
  const submission: Submission<unknown> = {
    operationId: randomUUID(),
    personKey: party.person,
    contractKey: party.contract,
    submittedAt: new Date().toISOString(),
    payload,
    open: openFile,
  };
  return { submission, shows };
}

interface OfContracts<T> {
  ofContracts(keys: readonly string[], call: ReturnType<typeof newCall>): Promise<T[]>;
}

/** What a port tells of one contract; undefined where the port is not served. */
export async function ofContract<T>(
  { usual }: Subject,
  port: Port<OfContracts<T>>,
  contract: string | null,
): Promise<T | undefined> {
  if (!isServed(usual.ports, port) || contract === null) return undefined;
  return (await usual.ports.use(port).ofContracts([contract], newCall()))[0];
}

export const isServed = (ports: Ports, { name }: { name: string }): boolean =>
  ports.served.includes(name);

/** Null where nothing could be read. */
export const orNull = <T>(value: T | undefined, fits: (value: T) => boolean): boolean | null =>
  value === undefined ? null : fits(value);
