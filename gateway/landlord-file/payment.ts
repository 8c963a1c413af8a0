/** `payment` of a landlord's file: what the provider's own schema makes of its settings. */
import { OnlinePayment } from "../../subgraphs/kernel/payment.ts";
import { checkSettings, type ReadSettings, type SettingsShape } from "./checked-settings.ts";
import type { Problem, SourceDocument } from "./document.ts";
import { resolveSettings, type Environment } from "./settings.ts";
import { wordUnknown } from "./wording.ts";

/** By the provider's name. */
export type ProviderShapes = ReadonlyMap<string, SettingsShape>;

/** `settings` is undefined where the file has no payments, or where they are wrong. */
export function readPayment(
  document: SourceDocument,
  environment: Environment,
  providers: ProviderShapes,
): ReadSettings {
  const { shape } = OnlinePayment;
  const provider = shape.provider.safeParse(document.valueAt(["payment", "provider"])).data;
  if (provider === undefined) return { settings: undefined, problems: [] };
  const amounts = checkAmounts(document);
  const asked = providers.get(provider);
  if (!asked) {
    const expected = wordUnknown(provider, [...providers.keys()]);
    const unknown = { path: ["payment", "provider"], expected };
    return { settings: undefined, problems: [...amounts, unknown] };
  }
  const written = shape.settings.safeParse(document.valueAt(["payment", "settings"])).data;
  if (written === undefined) return { settings: undefined, problems: amounts };
  const resolved = resolveSettings(written, asked.secrets, environment);
  const checked = checkSettings(document, ["payment", "settings"], asked, resolved);
  return { settings: checked.settings, problems: [...amounts, ...checked.problems] };
}

function checkAmounts(document: SourceDocument): Problem[] {
  const amountAt = (key: "minimum" | "maximum") => {
    const text = OnlinePayment.shape[key].safeParse(document.valueAt(["payment", key])).data;
    return text === undefined ? undefined : BigInt(text.replace(".", ""));
  };
  const [minimum, maximum] = [amountAt("minimum"), amountAt("maximum")];
  if (minimum !== undefined && minimum <= 0n) {
    return [{ path: ["payment", "minimum"], expected: "an amount above 0.00" }];
  }
  if (minimum === undefined || maximum === undefined || minimum <= maximum) return [];
  return [{ path: ["payment", "maximum"], expected: "an amount that is not below minimum" }];
}
