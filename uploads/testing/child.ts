/** A process that dies while it takes a file: `child.ts FOLDER STORE half|whole`. */
import { openStore } from "../../store/store.ts";
import { createFolder, type Folder } from "../folder.ts";
import { createUploadDesk } from "../uploads.ts";
import { pdf } from "./files.ts";

const [, , path = "", url = "", when] = process.argv;
const store = await openStore({ url, secret: new Uint8Array(32).fill(7) });
const die = () => process.kill(process.pid, "SIGKILL");

const real = createFolder(path);
/** Dies when the file has its name, and is not recorded yet. */
const folder: Folder = {
  ...real,
  keep: async (bytes) => {
    const name = await real.keep(bytes);
    die();
    return name;
  },
};
async function* coming() {
  yield pdf().subarray(0, 20);
  if (when === "half") {
    // Once that is on the disk.
    await new Promise((resolve) => setTimeout(resolve, 100));
    die();
  }
  yield pdf().subarray(20);
}
const desk = createUploadDesk({ store, folder, scanner: null, now: () => new Date() });
const upload = await store.uploads.start("cedre", {
  accountId: "account",
  purpose: "TAX_NOTICE",
  fileName: "avis.pdf",
  mediaType: "application/pdf",
  sizeBytes: pdf().length,
  expiresAt: new Date(Date.now() + 600_000),
});
await desk.receive(upload, coming());
