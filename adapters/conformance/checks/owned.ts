/** What holds for things that belong to one contract: documents, requests, and their files. */
import { documentContents, documentKinds, documentPorts } from "../../ports/documents.ts";
import type { DocumentContent, DocumentKey, DocumentKind } from "../../ports/documents.ts";
import { alone, ask, itemsOf, listOf, ownedKeys } from "../ask.ts";
import { fail, saysError, that, type Check, type Finding } from "../check.ts";
import { unlike } from "../material.ts";
import { allReads, ownedReads, type Read } from "../ports.ts";
import { difference } from "../same.ts";
import { newCall, type Subject } from "../subject.ts";

const listed = async (subject: Subject, read: Read): Promise<Finding> => {
  const [key] = await ownedKeys(subject, read);
  const items = await itemsOf(subject, listOf(read), key!.contractKey);
  const one = items.find((item) => item.key === key!.key);
  const place = difference(one, await alone(subject, read, key));
  return that(place === null, "the same as in the list", `it differs at ${place}`);
};

/** The key of a thing of the first contract, under the second one. */
async function foreignKey(subject: Subject, read: Read): Promise<DocumentKey> {
  const [own, other] = await ownedKeys(subject, read);
  return { contractKey: other!.contractKey, key: own!.key };
}

const foreign = async (subject: Subject, read: Read): Promise<Finding> => {
  const key = await foreignKey(subject, read);
  const [answer] = await ask(subject, read, [key]);
  return that(answer === null, "null for a thing of another contract", "the thing");
};

const byKeyChecks: readonly Check[] = ownedReads.flatMap((read): Check[] => [
  {
    id: `${read.name}/as-listed`,
    level: "MUST",
    ports: [read.port.name],
    title: "By its key a thing is as in the list",
    hint: "Map both answers of the ERP by the same function.",
    kind: "reads",
    run: (subject) => listed(subject, read),
  },
  {
    id: `${read.name}/foreign`,
    level: "MUST",
    ports: [read.port.name],
    title: "A thing of another contract is not shown",
    hint: "Most ERPs answer whoever asks: compare the contract that the thing names, or look it up in the contract's own list.",
    kind: "reads",
    run: (subject) => foreign(subject, read),
  },
]);

const readOf = (kind: DocumentKind): Read =>
  allReads.find((read) => read.port.name === documentPorts[kind].name && read.method === "byKeys")!;

async function open(subject: Subject, kind: DocumentKind, key: DocumentKey) {
  const contents = subject.usual.ports.use(documentContents);
  return contents.open({ kind, contractKey: key.contractKey, key: key.key }, newCall());
}

async function bytesOf({ body }: DocumentContent): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const whole = async (subject: Subject, kind: DocumentKind): Promise<Finding> => {
  const [key] = await ownedKeys(subject, readOf(kind));
  const content = await open(subject, kind, key!);
  const bytes = await bytesOf(content);
  const { sizeBytes, mediaType, fileName } = content;
  if (sizeBytes !== null && sizeBytes !== bytes.length)
    return fail("as many bytes as announced", `${bytes.length} of ${sizeBytes}`);
  if (!/\.(pdf|jpe?g|png)$/i.test(fileName)) return fail("a file name with its extension", "none");
  if (mediaType !== "application/pdf") return that(bytes.length > 0, "bytes", "none");
  const text = bytes.toString("latin1");
  const fine = text.startsWith("%PDF-") && /%%EOF\s*$/.test(text);
  return that(fine, "a PDF from its beginning to its end", "something else");
};

const refused = async (
  subject: Subject,
  kind: DocumentKind,
  key: DocumentKey,
): Promise<Finding> => {
  const came = await open(subject, kind, key).then(
    () => "the file",
    (error: unknown) => saysError(error),
  );
  return that(came.startsWith("NOT_FOUND"), "NOT_FOUND", came);
};

const left = async (subject: Subject, kind: DocumentKind): Promise<Finding> => {
  const [key] = await ownedKeys(subject, readOf(kind));
  // More often than there are places: one that stays held would leave none.
  for (let time = 0; time <= subject.limits.concurrency; time += 1) {
    const content = await open(subject, kind, key!);
    for await (const chunk of content.body) {
      if (chunk.length > 0) break;
    }
  }
  return whole(subject, kind);
};

const contentChecks: readonly Check[] = documentKinds.flatMap((kind): Check[] => {
  const read = readOf(kind);
  const common = { level: "MUST", kind: "reads" } as const;
  const ports = [documentContents.name, read.port.name];
  const id = (suffix: string) => `documentContents.open/${read.port.name}/${suffix}`;
  return [
    {
      ...common,
      ports,
      id: id("whole"),
      title: "The file is whole and of the announced size",
      hint: "Check the head of what comes before you announce it, and its end before you end; an ERP sends pages and empty bodies as PDF.",
      run: (subject) => whole(subject, kind),
    },
    {
      ...common,
      ports,
      id: id("foreign"),
      title: "The file of another contract is not opened",
      hint: "Ask `byKeys` of the kind first: an ERP gives any file to whoever knows its number.",
      run: async (subject) => refused(subject, kind, await foreignKey(subject, read)),
    },
    {
      ...common,
      ports,
      id: id("unknown"),
      title: "A file that does not exist is NOT_FOUND",
      hint: "An ERP says it by a fault, a 404 or an empty body.",
      run: async (subject) => {
        const [key] = await ownedKeys(subject, read);
        return refused(subject, kind, { ...key!, key: unlike(key!.key) });
      },
    },
    {
      ...common,
      ports,
      id: id("left"),
      title: "A reader that leaves early gives its place back",
      hint: "End the exchange in the generator's `finally`, and settle the job that holds the place.",
      run: (subject) => left(subject, kind),
    },
  ];
});

export const ownedChecks: readonly Check[] = [...byKeyChecks, ...contentChecks];
