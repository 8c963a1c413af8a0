/** From a landlord's file to its account with a payment provider. Finds the kinds by listing `payment/`. */
import { readdir } from "node:fs/promises";
import { createLimit } from "./limit.ts";
import type { Io } from "./ports/adapter.ts";
import type { PaymentProvider, ProviderKind } from "./ports/payment-provider.ts";

const paymentFolder = new URL("./payment/", import.meta.url);

/** Every kind under `adapters/payment/`, by its id. Throws when a folder's index exports no kind of that name. */
export async function loadProviders(
  folder: URL = paymentFolder,
): Promise<Map<string, ProviderKind>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const kinds = await Promise.all(names.sort().map((name) => loadKind(folder, name)));
  return new Map(kinds.map((kind) => [kind.id, kind]));
}

async function loadKind(folder: URL, name: string): Promise<ProviderKind> {
  const { default: kind } = (await import(new URL(`./${name}/index.ts`, folder).href)) as {
    default?: ProviderKind;
  };
  if (kind?.id !== name || typeof kind.connect !== "function") {
    throw new Error(
      `adapters/payment/${name}/index.ts must export by default a provider whose id is "${name}".`,
    );
  }
  return kind;
}

/** Calls of one landlord's payments never wait for those of another's. */
const placesPerLandlord = 4;

/** `settings` have been parsed by the kind's own schema, secrets resolved. */
export async function connectProvider(
  kind: ProviderKind,
  landlord: string,
  settings: unknown,
  { log, now }: Pick<Io, "log" | "now">,
): Promise<PaymentProvider> {
  const limit = createLimit(`${landlord}: ${kind.id}`, placesPerLandlord);
  return kind.connect(settings, { landlord, limit, log, now });
}
