/** A recording on disk: `recording.json` lists the exchanges, their bodies stand beside it byte for byte. */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { KeptExchange } from "./exchanges.ts";

const Headers = z.record(z.string(), z.string());
const fileName = z.string().regex(/^\d{4,}\.(request|answer)\.\w+$/);

const Index = z.strictObject({
  product: z.string(),
  landlord: z.string(),
  /** When it was made: played back, it is this time again. */
  recordedAt: z.iso.datetime(),
  exchanges: z.array(
    z.strictObject({
      method: z.string(),
      path: z.string(),
      requestHeaders: Headers,
      /** Null where there is no body. */
      request: fileName.nullable(),
      status: z.int(),
      headers: Headers,
      answer: fileName.nullable(),
    }),
  ),
});

export interface Recording {
  readonly product: string;
  readonly landlord: string;
  readonly recordedAt: string;
  readonly exchanges: readonly KeptExchange[];
}

export const materialFile = "material.yaml";

/** `material` is written as JSON, which is YAML. Throws where the folder has something in it. */
export async function writeRecording(
  folder: string,
  { exchanges, ...about }: Recording,
  material: unknown,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} has something in it already`);
  const listed = [];
  for (const [index, one] of exchanges.entries()) {
    const { requestBody, body, ...head } = one;
    const name = (kind: string, type: string | undefined) =>
      `${String(index + 1).padStart(4, "0")}.${kind}.${extensionOf(type)}`;
    const request =
      requestBody.length > 0 ? name("request", head.requestHeaders["content-type"]) : null;
    const answer = body.length > 0 ? name("answer", head.headers["content-type"]) : null;
    if (request) await writeFile(join(folder, request), requestBody);
    if (answer) await writeFile(join(folder, answer), body);
    listed.push({ ...head, request, answer });
  }
  const index = Index.parse({ ...about, exchanges: listed });
  await writeFile(join(folder, "recording.json"), `${JSON.stringify(index, null, 2)}\n`);
  await writeFile(join(folder, materialFile), `${JSON.stringify(material, null, 2)}\n`);
}

/** Throws an Error that names the file where there is no recording, or one that is damaged. */
export async function readRecording(folder: string): Promise<Recording> {
  const path = join(folder, "recording.json");
  const text = await readFile(path, "utf8");
  const read = Index.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(`${path}:\n${z.prettifyError(read.error)}`);
  const { exchanges, ...about } = read.data;
  const bytesOf = (name: string | null) =>
    name === null ? Buffer.alloc(0) : readFile(join(folder, name));
  const whole = exchanges.map(async ({ request, answer, ...head }) => ({
    ...head,
    requestBody: await bytesOf(request),
    body: await bytesOf(answer),
  }));
  return { ...about, exchanges: await Promise.all(whole) };
}

function extensionOf(type = ""): string {
  const known = /multipart|xml|json|html|pdf|png|jpeg|urlencoded/i.exec(type)?.[0].toLowerCase();
  return { multipart: "mime", urlencoded: "form" }[known ?? ""] ?? known ?? "txt";
}
