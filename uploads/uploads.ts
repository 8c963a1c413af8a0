/**
 * Files that people give, from the wire to the ERP. What is known of each is in `store/uploads.ts`.
 * A file is visible only once it is whole, checked, on the disk, and recorded, in this order; whatever
 * is cut off in between is nobody's, and the next sweep removes it.
 */
import { createHash, randomBytes } from "node:crypto";
import pLimit from "p-limit";
import type { Upload } from "../store/upload-row.ts";
import type { Store } from "../store/store.ts";
import { lookInside } from "./content/look.ts";
import type { Folder } from "./folder.ts";
import { counted, type Patience } from "./incoming.ts";
import { Refusal } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import { openStream, sealStream } from "./sealed-stream.ts";

export interface UploadDesk {
  /**
   * Takes the file that an upload waits for. Resolves once it would survive a power cut; else throws
   * a Refusal, and nothing of it is kept. After a refusal it may be sent again.
   */
  receive(upload: Upload, body: AsyncIterable<Uint8Array>): Promise<Upload>;
  /** Its bytes, as often as asked, until its change is released. Throws when there is no such file. */
  open(landlord: string, uploadId: string): AsyncIterable<Uint8Array>;
  /** Removes what nobody needs any more and what a crash left. May run in several processes at once. */
  sweep(): Promise<void>;
}

export interface DeskOptions {
  readonly store: Store;
  readonly folder: Folder;
  /** None: files are only looked at by ourselves. */
  readonly scanner: Scanner | null;
  readonly now: () => Date;
  readonly patience?: Patience;
}

const usualPatience: Patience = { idleMs: 15_000, wholeMs: 5 * 60_000 };
/** How long a file waits for a change to name it. */
const keptMs = 24 * 3_600_000;
/** Files are whole in the memory while they are looked at: so many at once. */
const looks = 2;

export function createUploadDesk(options: DeskOptions): UploadDesk {
  const { store, folder, now } = options;
  const inTurn = pLimit(looks);
  return {
    async receive(upload, body) {
      if (upload.state !== "STARTED") throw new Refusal("ALREADY_RECEIVED");
      const wire = counted(body, upload.sizeBytes, options.patience ?? usualPatience);
      // This key is nowhere but here: what a crash leaves of the first copy nobody can read.
      const key = randomBytes(32);
      const context = contextOf(upload);
      return folder.whileKept(sealStream(wire, key, context), (read) =>
        inTurn(async () => {
          const bytes = Buffer.concat(await Array.fromAsync(openStream(read(), key, context)));
          return keep(options, upload, await look(options, upload, bytes));
        }),
      );
    },
    async *open(landlord, uploadId) {
      const stored = await store.uploads.stored(landlord, uploadId);
      if (!stored) throw new Error("There is no such file any more.");
      const context = contextOf({ landlord, id: uploadId });
      yield* openStream(folder.read(stored.storedAs), stored.key, context);
    },
    sweep: () => sweep(store, folder, now()),
  };
}

const contextOf = ({ landlord, id }: Pick<Upload, "landlord" | "id">) => `file:${landlord}:${id}`;

async function look({ scanner }: DeskOptions, upload: Upload, bytes: Buffer): Promise<Buffer> {
  const clean = await lookInside(bytes, upload.mediaType);
  await scanner?.scan(bytes);
  return clean;
}

async function keep(
  { store, folder, now }: DeskOptions,
  upload: Upload,
  bytes: Buffer,
): Promise<Upload> {
  const { landlord, id } = upload;
  const key = randomBytes(32);
  const storedAs = await folder.keep(sealStream(only(bytes), key, contextOf(upload)));
  const file = {
    storedAs,
    key,
    sizeBytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("base64url"),
    expiresAt: new Date(now().getTime() + keptMs),
  };
  const received = await store.uploads.receive(landlord, id, file);
  // If this throws nobody knows whether it is recorded: then the file stays, and the sweep decides.
  if (!received) await folder.remove(storedAs);
  const kept = received ? await store.uploads.find(landlord, id) : null;
  if (!kept) throw new Refusal("ALREADY_RECEIVED");
  return kept;
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function sweep({ uploads }: Store, folder: Folder, now: Date): Promise<void> {
  await uploads.expire(now);
  for (const name of await uploads.done()) {
    await folder.remove(name);
    await uploads.removed(name);
  }
  await folder.removeHalves(now);
  // Listed before the store is asked: what is recorded in between is known, or young.
  const names = await folder.list();
  for (let at = 0; at < names.length; at += 500) {
    const some = names.slice(at, at + 500);
    const known = await uploads.known(some);
    for (const name of some) {
      if (!known.has(name) && !(await folder.isYoung(name, now))) await folder.remove(name);
    }
  }
}
