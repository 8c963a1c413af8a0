/** `requests.webhook` of a landlord's file: the secret that it names. */
import { z } from "zod";
import { checkSettings } from "./checked-settings.ts";
import type { Problem, SourceDocument } from "./document.ts";
import { resolveSettings, type Environment } from "./settings.ts";

/** As long as a SHA-256 is, so that it is no weaker. */
const Secret = z.strictObject({ secret: z.string().min(32) });

interface ReadWebhook {
  /** Null where there is no webhook. Never log it. */
  readonly secret: string | null;
  readonly problems: readonly Problem[];
}

export function readWebhook(document: SourceDocument, environment: Environment): ReadWebhook {
  const place = ["requests", "webhook"];
  const written = z.record(z.string(), z.unknown()).safeParse(document.valueAt(place)).data;
  if (!written) return { secret: null, problems: [] };
  const resolved = resolveSettings({ secret: written["secret"] }, ["secret"], environment);
  const shape = { schema: Secret, secrets: ["secret"] };
  const { settings, problems } = checkSettings(document, place, shape, resolved);
  return { secret: (settings as z.infer<typeof Secret> | undefined)?.secret ?? null, problems };
}
