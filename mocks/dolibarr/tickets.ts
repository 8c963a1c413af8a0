/** The World's requests as Dolibarr's tickets. */
import { escapeXml } from "../kit/xml.ts";
import type { WorldContract, WorldRequest } from "../world/types.ts";
import { secondsOf, stampedByDatabase } from "./clock.ts";
import type { Account } from "./directory.ts";
import type { State } from "./state.ts";
import { filled, ticketTypes } from "./templates.ts";

const text = String;

const states = {
  RECEIVED: "0",
  IN_PROGRESS: "3",
  SCHEDULED: "7",
  WAITING_FOR_TENANT: "5",
  DONE: "8",
  CANCELLED: "9",
} as const;

const asNew = (one: WorldRequest) => ({
  ref: `TS2611-${one.number}`,
  trackId: `trk${String(one.number).padStart(13, "0")}`,
  typeCode: one.category === "TECHNICAL" ? "ISSUE" : "REQUEST",
  subject: one.reason,
  message: escapeXml(one.description),
});
export const ticketOf = (one: WorldRequest, state: State) => state.tickets.get(one) ?? asNew(one);

/** `whole`: only a single ticket tells what was written on it. */
export function ticket(
  one: WorldRequest,
  held: WorldContract,
  account: Account,
  state: State,
  whole: boolean,
) {
  const { ref, trackId, typeCode, subject, message } = ticketOf(one, state);
  const created = secondsOf(one.createdAt);
  const status = states[one.updates.at(-1)!.status];
  const { messages: _, ...shown } = filled("ticket", {
    id: text(one.number),
    ref,
    track_id: trackId,
    status,
    fk_statut: status,
    fk_soc: text(account.id),
    socid: text(account.id),
    fk_contract: text(held.number),
    subject,
    message,
    type_code: typeCode,
    type_label: ticketTypes.find(({ code }) => code === typeCode)?.label ?? null,
    datec: created,
    date_creation: created,
    date_modification: stampedByDatabase(created),
    tms: stampedByDatabase(created),
  });
  return whole ? { ...shown, messages: messagesOf(one, ref, created) } : shown;
}

function messagesOf({ updates }: WorldRequest, ref: string, created: number) {
  const said = updates.flatMap(({ at, comment }) =>
    comment === null ? [] : [{ datec: secondsOf(at), message: escapeXml(comment), by: "agence" }],
  );
  return [{ datec: created, message: `Ticket ${ref} créé`, by: "portail" }, ...said].map(
    ({ datec, message, by }, i) =>
      filled("ticketMessage", { id: text(i + 1), message, datec, fk_user_action_string: by }),
  );
}
