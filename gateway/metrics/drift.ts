/** What landlords' ERPs describe otherwise than their adapters know. */
import { Gauge, type Registry } from "prom-client";
import type { Store } from "../../store/store.ts";

/** Answers how to count it anew. Nothing is said of an ERP that nobody has looked at. */
export function countDrift(register: Registry) {
  const gauge = new Gauge({
    name: "trousseau_erp_drift",
    help: "What the ERP describes otherwise than its adapter was written for, by what it does; NOT_COMPARABLE is 1 where nothing can be said.",
    labelNames: ["landlord", "severity"],
    registers: [register],
  });
  return async ({ erpDrifts }: Store, landlord: string): Promise<void> => {
    const drift = await erpDrifts.of(landlord);
    if (!drift) return;
    for (const severity of ["BREAKING", "COMPATIBLE"]) {
      const those = drift.differences.filter((one) => one.severity === severity);
      gauge.set({ landlord, severity }, those.length);
    }
    gauge.set({ landlord, severity: "NOT_COMPARABLE" }, drift.obstacle ? 1 : 0);
  };
}
