/** The files of a new adapter in which its ports are written, one for each file of `adapters/ports/`. */
import { portsByFile } from "../../adapters/conformance/ports.ts";
import type { GeneratedFile } from "./generated.ts";
import { importLines } from "./imports.ts";

export interface Domain {
  /** Its file without the ending: `billing-changes`. */
  readonly name: string;
  /** What the file exports: `billingChangePorts`. */
  readonly list: string;
  readonly ports: readonly string[];
}

/** Reads first, then changes; within both as a portal grows. */
const order = ["identity", "contract", "billing", "documents", "requests", "surveys"];
const placeOf = (name: string): number => {
  const [first = "", ...rest] = name.split("-");
  const place = order.findIndex((one) => one === first || one === `${first}s`);
  return (place < 0 ? order.length : place) + (rest.length > 0 ? order.length + 1 : 0);
};

export const domains: readonly Domain[] = Object.entries(portsByFile)
  .map(([name, ports]) => ({
    name,
    list: `${listName(name)}Ports`,
    ports: ports.map((port) => port.name),
  }))
  .toSorted((a, b) => placeOf(a.name) - placeOf(b.name));

function listName(file: string): string {
  const camel = file.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
  return camel.replace(/s$/, "");
}

/** Where a port of a product is written. */
export const fileOf = (product: string, { name }: Domain): string =>
  `adapters/erp/${product}/${name}.ts`;

/** The file of a domain, with each of its ports still to be written. */
export function domainFile(product: string, domain: Domain): GeneratedFile {
  const { name, list, ports } = domain;
  const text = `/** Ports of \`ports/${name}.ts\`. Replace \`notYet(x, here)\` by \`serve(x, { … })\`: README.md. */
${importLines([
  { names: ports, from: `../../ports/${name}.ts` },
  { names: ["notYet", "type Served"], from: "../../ports/port.ts" },
  { names: ["type Client"], from: "./client.ts" },
])}

const here = "${fileOf(product, domain)}";

export const ${list} = (_client: Client): Served[] => [
${ports.map((port) => `  notYet(${port}, here),`).join("\n")}
];
`;
  return { path: `${name}.ts`, text };
}
