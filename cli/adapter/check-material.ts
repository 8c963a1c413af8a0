/** What checks are made with: what an integrator wrote down, and what the ERP itself adds to it. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { readMaterial } from "../../adapters/conformance/material-file.ts";
import type { Material } from "../../adapters/conformance/material.ts";
import { newCall } from "../../adapters/conformance/subject.ts";
import { contracts as contractsPort } from "../../adapters/ports/contract.ts";
import type { Ports } from "../../adapters/ports/port.ts";
import { UsageError, type Terminal } from "../terminal.ts";

/** `landlords/ivry.yaml` has its material in `landlords/material/ivry.yaml`. It is kept out of git. */
export const materialPathOf = (landlordFile: string): string =>
  join(dirname(landlordFile), "material", basename(landlordFile));

/** Nothing where no file was asked for and the usual one is not there. Throws UsageError. */
export async function readMaterialOf(
  terminal: Terminal,
  landlordFile: string,
  asked: string | undefined,
): Promise<Material> {
  const usual = materialPathOf(landlordFile);
  if (asked === undefined && !existsSync(usual)) {
    terminal.tell(
      `There is no material at ${usual}: most checks need keys that you know. Begin with a copy of adapters/conformance/material.example.yaml; "persons" alone is a start.\n`,
    );
    return {};
  }
  const path = asked === undefined ? usual : resolve(terminal.folder, asked);
  try {
    return readMaterial(await readFile(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path}:\n${(error as Error).message}`, { cause: error });
  }
}

/** With the keys that follow from others: people who are named elsewhere, contracts that people hold. */
export async function completeMaterial(material: Material, ports: Ports): Promise<Material> {
  const persons = material.persons ?? namedPeople(material);
  const contracts = material.contracts ?? (await heldContracts(persons, ports));
  return {
    ...material,
    ...(persons.length > 0 && { persons }),
    ...(contracts.length > 0 && { contracts }),
  };
}

function namedPeople(material: Material): string[] {
  const {
    references = [],
    credentials = [],
    holdings = [],
    names = [],
    birthDates = [],
  } = material;
  return [
    ...new Set([
      ...references.flatMap(({ personKeys }) => personKeys),
      ...credentials.map(({ personKey }) => personKey),
      ...[...holdings, ...names, ...birthDates].map(({ person }) => person),
    ]),
  ];
}

/** Of each person, those that go on first; what cannot be read now is for the checks to say. */
async function heldContracts(persons: readonly string[], ports: Ports): Promise<string[]> {
  if (persons.length === 0 || !ports.served.includes(contractsPort.name)) return [];
  const held = await ports
    .use(contractsPort)
    .ofPersons(persons, newCall())
    .catch(() => []);
  return [...new Set(held.flat().map(({ key }) => key))];
}
