/** Everything that a portal reads for one person: what is theirs, their contracts', their documents. */
import { listOf, pageOf } from "../../adapters/conformance/ask.ts";
import { allReads, type Read } from "../../adapters/conformance/ports.ts";
import { newCall, type Subject } from "../../adapters/conformance/subject.ts";
import { documentContents, documentKinds, documentPorts } from "../../adapters/ports/documents.ts";
import type { Page } from "../../adapters/ports/values.ts";

const pageSize = 20;
const fewFiles = 1;

/** What the ERP refuses is left; the exchange that says so is an exchange, too. */
export async function readAllOf({ usual: { ports }, material }: Subject): Promise<void> {
  const { persons = [], contracts = [] } = material;
  const ask = (read: Read, key: unknown): Promise<unknown> =>
    ports.use(read.port)[read.method]!([key], newCall()).then(
      ([answer]) => answer,
      () => null,
    );
  const served = allReads.filter(({ port }) => ports.served.includes(port.name));
  const of = (by: Read["by"]) => served.filter((read) => read.by === by);
  for (const person of persons) for (const read of of("person")) await ask(read, person);
  for (const contract of contracts) {
    for (const read of of("contract")) await ask(read, contract);
    for (const read of of("page")) {
      const page = (await ask(read, pageOf(read, contract, pageSize))) as Page<{
        key: string;
      }> | null;
      const one = page?.items[0];
      const byKey = served.find((other) => other.by !== "page" && listOf(other) === read);
      if (one && byKey) await ask(byKey, { contractKey: contract, key: one.key });
      for (const item of page?.items.slice(0, fewFiles) ?? [])
        await open(ports, read, contract, item.key);
    }
  }
}

async function open(
  ports: Subject["usual"]["ports"],
  { port }: Read,
  contractKey: string,
  key: string,
): Promise<void> {
  const kind = documentKinds.find((one) => documentPorts[one].name === port.name);
  if (!kind || !ports.served.includes(documentContents.name)) return;
  try {
    const { body } = await ports.use(documentContents).open({ contractKey, key, kind }, newCall());
    for await (const _chunk of body);
  } catch {
    // A file that cannot be had is no reason to leave the rest.
  }
}
