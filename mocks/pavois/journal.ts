/** What Pavois remembers of each change by its caller's reference. */
import { box, el, wallClock } from "./format.ts";

export interface Handled {
  reference: string;
  operation: string;
  /** Null where it was applied. */
  refusedWith: number | null;
  /** Of what was created. */
  object: string | null;
  /** UTC. */
  at: string;
}

export interface Journal {
  keep(handled: Handled): void;
  applied(reference: string): boolean;
  /** The records of these references, in the order in which they were handled, as XML. */
  show(references: readonly string[]): string;
}

export function createJournal(): Journal {
  const kept: Handled[] = [];
  return {
    keep: (handled) => void kept.push(handled),
    applied: (asked) =>
      kept.some(({ reference, refusedWith }) => reference === asked && refusedWith === null),
    show: (references) =>
      kept
        .filter(({ reference }) => references.includes(reference))
        .map(recordXml)
        .join(""),
  };
}

const recordXml = ({ reference, operation, refusedWith, object, at }: Handled) =>
  box(
    "mod:Modification",
    el("mod:ReferenceExterne", reference),
    el("mod:Operation", operation),
    el("mod:Etat", refusedWith === null ? "APPLIQUEE" : "REJETEE"),
    el("mod:CodeRejet", refusedWith === null ? undefined : String(refusedWith)),
    el("mod:NumeroObjet", object),
    el("mod:TraiteeLe", wallClock(at)),
  );
