import { readdir } from "node:fs/promises";
import { capabilityOf } from "../../kernel/capability.ts";

const folder = new URL("../../../adapters/ports/", import.meta.url);

const isPort = (value: unknown): value is { name: string; methods: object } =>
  typeof value === "object" && value !== null && "methods" in value && "name" in value;

async function portNames(): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => /(?<!\.test|\.d)\.[jt]s$/.test(file));
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, folder).href) as Promise<Record<string, unknown>>),
  );
  const ports = modules.flatMap((module) => Object.values(module).filter(isPort));
  return [...new Set(ports.map(({ name }) => name))].toSorted();
}

/** What a landlord may offer without its system's having a part in it, and what that is. */
export const ownCapabilities = {
  SOCIAL_SIGN_IN: "The landlord lets people sign in by an account that they have elsewhere.",
  ONLINE_PAYMENT:
    "The landlord takes payments on a payment provider's page, and its system books them.",
} as const;

/** Every port there is, found by listing its folder: a new port is a new capability. */
export const capabilities: Readonly<Record<string, string>> = Object.fromEntries(
  (await portNames()).map((name) => [capabilityOf(name), name]),
);
