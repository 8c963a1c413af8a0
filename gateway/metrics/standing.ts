/** What stands in the store at the moment of being asked. */
import { Gauge, type Registry } from "prom-client";
import { changeStatuses } from "../../store/change-row.ts";
import { paymentStates } from "../../store/payment-states.ts";
import type { Store } from "../../store/store.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { countDrift } from "./drift.ts";

/** Answers how to count it all anew. */
export function countStanding(register: Registry) {
  const registers = [register];
  const gauge = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Gauge({ name: `trousseau_${name}`, help, labelNames, registers });
  const changes = gauge("changes", "Changes, by where they stand.", ["landlord", "status"]);
  const oldest = gauge(
    "changes_oldest_open_seconds",
    "How long the oldest change without an end has waited; 0 when there is none.",
    ["landlord"],
  );
  const attention = gauge(
    "changes_needing_attention",
    "Changes that somebody at the landlord's must look at: undecided, or overdue.",
    ["landlord"],
  );
  const unconfirmed = gauge(
    "changes_unconfirmed",
    "Changes that the landlord's system says are applied, and does not show. Any that stays is an alarm.",
    ["landlord"],
  );
  const mails = gauge("mails", "Mails that wait, or were given up.", ["landlord", "status"]);
  const payments = gauge("payments", "Payments, by state.", ["landlord", "state"]);
  const uploads = gauge("uploads", "Files that wait, by state.", ["landlord", "state"]);

  const drift = countDrift(register);

  const countOne = async ({ figures }: Store, landlord: Landlord, now: Date): Promise<void> => {
    const { id, changes: rules } = landlord;
    const overdueSince = new Date(now.getTime() - rules.attentionAfterHours * 3_600_000);
    const [ofChanges, ofMails, ofPayments, ofUploads] = await Promise.all([
      figures.changes(id, overdueSince),
      figures.mails(id),
      figures.payments(id),
      figures.uploads(id),
    ]);
    const { counts, oldestOpen, needAttention } = ofChanges;
    unconfirmed.set({ landlord: id }, ofChanges.unconfirmed);
    for (const status of changeStatuses) {
      changes.set({ landlord: id, status }, counts[status] ?? 0);
    }
    const waited = oldestOpen === null ? 0 : now.getTime() - oldestOpen.getTime();
    oldest.set({ landlord: id }, waited / 1000);
    attention.set({ landlord: id }, needAttention);
    for (const status of ["QUEUED", "FAILED"]) {
      mails.set({ landlord: id, status }, ofMails[status] ?? 0);
    }
    for (const state of paymentStates) {
      payments.set({ landlord: id, state }, ofPayments[state] ?? 0);
    }
    for (const state of ["STARTED", "RECEIVED", "ATTACHED"]) {
      uploads.set({ landlord: id, state }, ofUploads[state] ?? 0);
    }
  };

  return async (store: Store, landlords: readonly Landlord[], now: Date): Promise<void> => {
    await Promise.all(
      landlords.flatMap((landlord) => [countOne(store, landlord, now), drift(store, landlord.id)]),
    );
  };
}
