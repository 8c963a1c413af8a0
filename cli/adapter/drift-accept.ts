/** Puts what an ERP shows now where the adapter's copy stands. */
import { mkdir, writeFile } from "node:fs/promises";
import { posix } from "node:path";
import type { Live } from "../../adapters/drift/live.ts";

/**
 * Writes the live description over `file`, and what it imports beside it: where that stood relative
 * to it, if that is a plain place below, else under a name of its own. Answers what was written.
 */
export async function acceptLive(file: URL, { url, files }: Live): Promise<URL[]> {
  const names = namesOf(file, url, [...files.keys()]);
  const written: URL[] = [];
  for (const [address, bytes] of files) {
    const target = new URL(names.get(address)!, file);
    await mkdir(new URL(".", target), { recursive: true });
    await writeFile(target, withPlaces(bytes, address, names));
    written.push(target);
  }
  return written;
}

function namesOf(file: URL, url: URL, addresses: readonly string[]): Map<string, string> {
  const names = new Map([[url.href, posix.basename(file.pathname)]]);
  const folder = url.pathname.slice(0, url.pathname.lastIndexOf("/") + 1);
  for (const address of addresses) {
    if (names.has(address)) continue;
    const { pathname, search } = new URL(address);
    const below = pathname.startsWith(folder) ? pathname.slice(folder.length) : "";
    const isPlain = search === "" && /^([\w-]+\/)*[\w-]+(\.[\w-]+)*\.(xsd|wsdl)$/.test(below);
    const taken = isPlain && [...names.values()].includes(below);
    names.set(address, isPlain && !taken ? below : `imported-${names.size}.xsd`);
  }
  return names;
}

/** The same bytes, but for the places of imports that stand elsewhere now. */
function withPlaces(bytes: Uint8Array, address: string, names: ReadonlyMap<string, string>) {
  const own = posix.dirname(names.get(address)!);
  // Bytes stay bytes, whatever their character set.
  const text = Buffer.from(bytes).toString("latin1");
  const placed = text.replace(
    /\b((?:schemaL|l)ocation\s*=\s*)(["'])([^"']*)\2/g,
    (whole, start: string, quote: string, place: string) => {
      const plain = place.replaceAll("&amp;", "&").trim();
      const name = URL.canParse(plain, address) && names.get(new URL(plain, address).href);
      return name ? `${start}${quote}${posix.relative(own, name)}${quote}` : whole;
    },
  );
  return Buffer.from(placed, "latin1");
}
