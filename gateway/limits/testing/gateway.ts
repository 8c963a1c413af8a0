import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type RunOptions, type Running } from "../../run.ts";

const folders = new WeakMap<Running, string>();

/** What a gateway needs that no ERP stands behind; nothing in it is a real secret. */
export function environmentIn(folder: string): Record<string, string> {
  const secrets = [
    "LA_ROCHELLE_ERP_PASSWORD",
    "CHARTRES_ERP_SECRET",
    "IVRY_PAYMENT_KEY",
    "IVRY_PAYMENT_API_PASSWORD",
    "CHARTRES_PAYMENT_KEY",
    "CHARTRES_PAYMENT_API_PASSWORD",
    "IMMO_PARIS_PAYMENT_KEY",
    "IMMO_PARIS_PAYMENT_API_PASSWORD",
    "IVRY_ERP_PASSWORD",
    "AUBERVILLIERS_ERP_PASSWORD",
    "IMMO_PARIS_ERP_PASSWORD",
    "IMMO_PARIS_GOOGLE_SECRET",
    "IMMO_PARIS_FACEBOOK_SECRET",
    "IMMO_PARIS_LINKEDIN_SECRET",
    "IMMO_PARIS_X_SECRET",
    "CHARTRES_GOOGLE_SECRET",
    "CHARTRES_X_SECRET",
  ];
  return {
    TROUSSEAU_PORT: "0",
    TROUSSEAU_PUBLIC_URL: "https://api.example.org",
    TROUSSEAU_STORE: `sqlite:${join(folder, `${randomBytes(4).toString("hex")}.sqlite`)}`,
    TROUSSEAU_SMTP: "smtp://127.0.0.1:9",
    TROUSSEAU_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_LOG_LEVEL: "silent",
    TROUSSEAU_OPERATIONS: "open",
    LA_ROCHELLE_WEBHOOK_SECRET: "x".repeat(32),
    ...Object.fromEntries(secrets.map((name) => [name, "a-secret"])),
  };
}

/** A gateway of its own, with more or other variables than those. */
export async function startGateway(
  more: Record<string, string> = {},
  options: RunOptions = {},
): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), "trousseau-door-"));
  const gateway = await run({ ...environmentIn(folder), ...more }, options);
  folders.set(gateway, folder);
  return gateway;
}

export async function stopGateway(gateway: Running | undefined): Promise<void> {
  if (!gateway) return;
  await gateway.stop();
  await rm(folders.get(gateway)!, { recursive: true, force: true });
}
