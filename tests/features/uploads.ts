/** F36: files that people send. */
import { jpeg, pdf, png } from "../../uploads/testing/files.ts";
import { run, type Portal } from "./portal.ts";
import { NotOffered, same } from "./same.ts";

interface Rule {
  readonly purpose: string;
  readonly mediaTypes: readonly string[];
  readonly maxSizeBytes: number;
}

const samples: Readonly<Record<string, Buffer>> = {
  "application/pdf": pdf(),
  "image/jpeg": jpeg(),
  "image/png": png(),
};

/** Each purpose: every type that we can make is taken, a page in its place is not. */
export async function uploads(portal: Portal): Promise<string> {
  const { landlord } = await run(portal.front, "F36-upload-rules");
  const rules = landlord.uploadRules as Rule[];
  if (rules.length === 0) throw new NotOffered("the landlord's system takes no files");
  const [somebody] = await portal.everybody();
  let taken = 0;
  for (const { purpose, mediaTypes, maxSizeBytes } of rules) {
    for (const mediaType of mediaTypes) {
      const bytes = samples[mediaType];
      if (!bytes) continue;
      const file = { purpose, mediaType, fileName: "papier", sizeBytes: bytes.length };
      const { startUpload } = await run(somebody!.front, "F36-start-upload", file);
      const { id, url } = startUpload.upload;
      const page = Buffer.from("<html>".padEnd(bytes.length));
      same("a page", await send(url, page), { status: 415, id: undefined });
      same("the file", await send(url, bytes), { status: 201, id });
      same("it again", await send(url, bytes), { status: 409, id: undefined });
      taken += 1;
    }
    const huge = { purpose, mediaType: mediaTypes[0], fileName: "x", sizeBytes: maxSizeBytes + 1 };
    const { startUpload } = await run(somebody!.front, "F36-start-upload", huge);
    same("one byte too many", startUpload.userErrors[0].code, "TOO_LARGE");
  }
  return `${taken} files taken, for ${rules.map(({ purpose }) => purpose).join(", ")}`;
}

async function send(url: string, bytes: Buffer) {
  const answer = await fetch(url, { method: "PUT", body: new Uint8Array(bytes) });
  const json = (await answer.json()) as { upload?: { id: string } };
  return { status: answer.status, id: json.upload?.id };
}
