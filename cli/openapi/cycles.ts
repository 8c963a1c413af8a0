/** Which schemas of a description contain themselves. */
import { atPointer, isRef, type Description } from "./description.ts";

export interface Cycles {
  /** Whether each of two schemas, named by their pointers, leads to the other. */
  together(one: string, other: string): boolean;
  /** The same, without any property on the way: nothing in JavaScript can defer that but `z.lazy`. */
  tightly(one: string, other: string): boolean;
}

interface Edge {
  readonly to: string;
  readonly throughProperty: boolean;
}

export function findCycles(description: Description): Cycles {
  const edges = new Map<string, readonly Edge[]>();
  const edgesOf = (pointer: string): readonly Edge[] => {
    const known = edges.get(pointer);
    if (known) return known;
    const found: Edge[] = [];
    collect(atPointer(description, pointer), false, found);
    edges.set(pointer, found);
    return found;
  };
  const leads = (from: string, to: string, follow: (edge: Edge) => boolean): boolean => {
    const seen = new Set<string>();
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const edge of edgesOf(at).filter(follow)) {
        if (edge.to === to) return true;
        if (!seen.has(edge.to)) open.push(edge.to);
        seen.add(edge.to);
      }
    }
    return false;
  };
  const both = (one: string, other: string, follow: (edge: Edge) => boolean) =>
    leads(one, other, follow) && leads(other, one, follow);
  return {
    together: (one, other) => both(one, other, () => true),
    tightly: (one, other) => both(one, other, (edge) => !edge.throughProperty),
  };
}

function collect(node: unknown, throughProperty: boolean, found: Edge[]): void {
  if (typeof node !== "object" || node === null) return;
  if (isRef(node)) found.push({ to: node.$ref, throughProperty });
  for (const [key, value] of Object.entries(node)) {
    if (key === "properties" && typeof value === "object" && value !== null) {
      for (const property of Object.values(value)) collect(property, true, found);
    } else if (!["example", "examples", "default", "enum", "discriminator"].includes(key)) {
      collect(value, throughProperty, found);
    }
  }
}
