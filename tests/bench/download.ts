/**
 * `npm run bench`: what downloads cost the gateway in memory. Twenty clients at once fetch a PDF of
 * 50 MB, from each ERP in turn, at full speed and slowly; only the gateway's own process is
 * measured. Exits 1 when it takes 100 MB more than at rest.
 *
 * Every landlord's file lets 20 calls through here, so that all twenty are decoded at the same time.
 */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAccounts } from "../../mocks/demo/accounts.ts";
import { demoEnvironment } from "../../mocks/demo/start.ts";
import { startMocks } from "../../mocks/demo/servers.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import { openStore } from "../../store/store.ts";
import { linkToNotice } from "./link.ts";
import { openDownload, readAll, readSlowly } from "./reader.ts";
import { startGateway, type GatewayProcess } from "./start-gateway.ts";

const atOnce = 20;
const fileBytes = 50_000_000;
const allowedBytes = 100_000_000;
const slowlyForMs = 5_000;

/** How each ERP gives its files. */
const ways: Record<string, string> = {
  pavois: "MTOM",
  habilog: "base64 in SOAP",
  intitulo: "base64 in SOAP",
  beauceron: "HTTP",
  syndeo: "HTTP",
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const mb = (bytes: number) => `${(bytes / 1_000_000).toFixed(0)} MB`;

async function copyLandlords(folder: string): Promise<string> {
  const target = join(folder, "landlords");
  await cp(fileURLToPath(new URL("../../landlords", import.meta.url)), target, { recursive: true });
  for (const name of await readdir(target)) {
    const file = join(target, name);
    const text = await readFile(file, "utf8");
    const wide = text
      .replace(/^( +concurrency:) \d+$/m, `$1 ${atOnce}`)
      .replace(/^( +deadlineMs:) \d+$/m, "$1 60000");
    await writeFile(file, wide);
  }
  return target;
}

async function weigh(erp: MockErp, bytes: number): Promise<void> {
  const body = JSON.stringify({ bytes });
  const answer = await fetch(`${erp.doorUrl}/documents`, { method: "PUT", body });
  if (!answer.ok) throw new Error(await answer.text());
}

/** One after the other, for the ERP bears few questions at once; they are read at the same time. */
async function openAll(url: string) {
  const opened = [];
  for (let number = 0; number < atOnce; number += 1) opened.push(await openDownload(url));
  return opened;
}

interface Figures {
  readonly mostBytes: number;
  readonly bytesPerSecond: number;
}

async function measure(
  gateway: GatewayProcess,
  url: string,
  read: typeof readAll,
): Promise<Figures> {
  await gateway.memory();
  const started = performance.now();
  const downloads = await openAll(url);
  const sizes = await Promise.all(downloads.map((download) => read(download)));
  const seconds = (performance.now() - started) / 1000;
  const { mostBytes } = await gateway.memory();
  return { mostBytes, bytesPerSecond: sizes.reduce((sum, size) => sum + size, 0) / seconds };
}

async function whole(download: Parameters<typeof readAll>[0]): Promise<number> {
  const size = await readAll(download);
  if (size < fileBytes) throw new Error(`a file of ${size} bytes came`);
  return size;
}

const folder = await mkdtemp(join(tmpdir(), "trousseau-bench-"));
const mocks = await startMocks(true);
let gateway: GatewayProcess | undefined;
try {
  const environment = {
    ...process.env,
    ...demoEnvironment(0, mocks, folder),
    TROUSSEAU_LANDLORDS: await copyLandlords(folder),
    TROUSSEAU_PUBLIC_URL: "http://localhost",
    TROUSSEAU_EXPLORER: "false",
  };
  const secret = Buffer.from(environment.TROUSSEAU_SECRET, "base64");
  const store = await openStore({ url: environment.TROUSSEAU_STORE, secret });
  const accounts = await createAccounts(store, mocks.erps);
  await store.close();
  gateway = await startGateway(environment);

  const links = new Map<MockErp, () => Promise<string>>();
  for (const erp of mocks.erps) {
    const link = await linkToNotice(
      gateway.url,
      accounts.filter(({ landlord }) => landlord === erp.landlord),
    );
    await readAll(await openDownload(await link()));
    links.set(erp, link);
  }
  const rest = (await gateway.memory()).nowBytes;
  say(`${atOnce} downloads of ${mb(fileBytes)} at once; the gateway takes ${mb(rest)} at rest`);

  for (const [erp, link] of links) {
    await weigh(erp, fileBytes);
    const fast = await measure(gateway, await link(), whole);
    const slow = await measure(gateway, await link(), (download) =>
      readSlowly(download, slowlyForMs),
    );
    for (const [pace, { mostBytes, bytesPerSecond }] of Object.entries({ fast, slow })) {
      const more = mostBytes - rest;
      const verdict = more > allowedBytes ? "TOO MUCH" : "";
      if (more > allowedBytes) process.exitCode = 1;
      say(
        `  ${erp.product.padEnd(10)} ${ways[erp.product]!.padEnd(15)} read ${pace}: ${mb(mostBytes)}` +
          ` at most, ${mb(more)} more than at rest, ${mb(bytesPerSecond)}/s ${verdict}`,
      );
    }
  }
} finally {
  await gateway?.stop();
  await mocks.close();
  await rm(folder, { recursive: true, force: true });
}
