import type { KeptDrift } from "../../store/erp-drifts.ts";
import type { RequestContext } from "../kernel/context.ts";
import type { ErpDrift, SupportErp } from "./types.ts";

export const driftSeverities = { BREAKING: "BREAKING", COMPATIBLE: "COMPATIBLE" } as const;
export const driftStatuses = {
  SAME: "SAME",
  ...driftSeverities,
  NOT_COMPARABLE: "NOT_COMPARABLE",
} as const;
export const driftParts = { OPERATION: "OPERATION", REQUEST: "REQUEST", ANSWER: "ANSWER" } as const;

/** What was found when somebody last looked: nothing is asked of the ERP. */
export async function showErp({ store, landlord }: RequestContext): Promise<SupportErp> {
  const drift = await store.erpDrifts.of(landlord.id);
  return { product: landlord.erp.product, drift: drift && showDrift(drift) };
}

function showDrift(drift: KeptDrift): ErpDrift {
  const { obstacle, differences, further, checkedAt, changedAt } = drift;
  return {
    status: statusOf(drift),
    checkedAt: checkedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    obstacle: obstacle?.because ?? null,
    differences: differences.map((one) => ({ ...one })),
    furtherCount: further,
  };
}

function statusOf({ obstacle, differences }: KeptDrift): keyof typeof driftStatuses {
  if (obstacle) return "NOT_COMPARABLE";
  if (differences.length === 0) return "SAME";
  return differences.some(({ severity }) => severity === "BREAKING") ? "BREAKING" : "COMPATIBLE";
}
