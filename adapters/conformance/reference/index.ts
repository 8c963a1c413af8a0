/**
 * An adapter whose ERP is a little memory. It serves every port and passes every check; told to,
 * it makes one mistake, by which a test shows that a check can fail.
 */
import { z } from "zod";
import { defineAdapter, type Adapter } from "../../ports/adapter.ts";
import type { Outcome } from "../../ports/changes.ts";
import type { Served } from "../../ports/port.ts";
import type { Lever } from "../lever.ts";
import type { Material } from "../material.ts";
import { createData } from "./data.ts";
import { filePorts } from "./files.ts";
import { materialOf } from "./material.ts";
import { readPorts } from "./reads.ts";
import { createWire, type WireMistakes } from "./wire.ts";
import { writePorts } from "./writes.ts";

/** What it does wrong: on the wire, or in what it serves. */
export interface Mistake {
  readonly wire?: WireMistakes;
  serves?(ports: Served[]): Served[];
}

export interface Reference {
  readonly adapter: Adapter;
  readonly lever: Lever;
  readonly material: Material;
}

export function createReference(mistake: Mistake = {}): Reference {
  const data = createData();
  const books = new Map<string, Outcome>();
  const wire = createWire(mistake.wire ?? {}, () => data.waiting.splice(0).forEach((job) => job()));
  const adapter = defineAdapter({
    id: "reference",
    settings: z.strictObject({ password: z.string() }),
    secrets: ["password"],
    connect: (_settings, io) => {
      const house = { data, wire, io };
      const ports = [...readPorts(house), ...filePorts(house), ...writePorts(house, books)];
      return { ports: mistake.serves?.(ports) ?? ports, close: async () => {} };
    },
  });
  return { adapter, lever: wire.lever, material: materialOf(data) };
}
