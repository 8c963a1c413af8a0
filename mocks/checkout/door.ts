/** The control door of a payment provider. */
import type { Server } from "node:http";
import { z } from "zod";
import { routedDoor, type Routes } from "../kit/door-routes.ts";
import { Fault, faultKinds } from "../kit/faults.ts";
import { html, page } from "../kit/html.ts";
import type { Served } from "../kit/server.ts";
import type { ShiftedClock } from "./clock.ts";
import { notificationModes, type NotificationMode, type Notifier } from "./notifier.ts";

/** A payment as the provider's own books have it. */
export interface BookedPayment {
  /** As the provider names it. */
  readonly id: string;
  /** As the shop names it. */
  readonly reference: string;
  readonly cents: number;
  readonly state: string;
  /** Whether the provider holds it for paid. */
  readonly paid: boolean;
  /** How the provider names the movement of money; null where none was made. */
  readonly transaction: string | null;
}

/** What the door works on. */
export interface BehindCheckout {
  readonly name: string;
  readonly served: Served;
  readonly clock: ShiftedClock;
  readonly notifier: Notifier;
  payments(): readonly BookedPayment[];
  /** The night's cleaning: says how many payments that nobody made were forgotten. */
  purge(): number;
  /** What somebody can do in the back office: null for a payment or an action that is not there. */
  act(action: string, payment: string): Promise<BookedPayment | null>;
  readonly actions: readonly string[];
}

const Clock = z.strictObject({
  shiftMs: z
    .int()
    .min(-400 * 86_400_000)
    .max(400 * 86_400_000),
});
const Mode = z.strictObject({
  mode: z.enum(
    notificationModes.map(([mode]) => mode) as [NotificationMode, ...NotificationMode[]],
  ),
});

const clockOf = ({ clock }: BehindCheckout) => ({
  shiftMs: clock.shiftMs,
  now: clock.now().toISOString(),
});
const notificationsOf = ({ notifier }: BehindCheckout) => ({
  mode: notifier.mode,
  attempts: notifier.attempts(),
});

const routes: Routes<BehindCheckout> = {
  "GET /faults": ({ behind }) => behind.served.faults(),
  "PUT /faults": async ({ behind, body }) => {
    await behind.served.setFaults(z.array(Fault).parse(Array.isArray(body) ? body : [body]));
    return behind.served.faults();
  },
  "DELETE /faults": async ({ behind }) => {
    await behind.served.setFaults([]);
    return [];
  },
  "GET /calls": ({ behind }) => behind.served.calls.report(),
  "DELETE /calls": ({ behind }) => {
    behind.served.calls.forget();
    return behind.served.calls.report();
  },
  "GET /payments": ({ behind }) => behind.payments(),
  "POST /payments/act/": async ({ behind, rest }) => {
    const [payment = "", action = ""] = rest.split("/");
    return (await behind.act(action, payment)) ?? undefined;
  },
  "POST /purge": ({ behind }) => ({ forgotten: behind.purge() }),
  "GET /clock": ({ behind }) => clockOf(behind),
  "PUT /clock": ({ behind, body }) => {
    behind.clock.set(Clock.parse(body).shiftMs);
    return clockOf(behind);
  },
  "GET /notifications": ({ behind }) => notificationsOf(behind),
  "PUT /notifications": ({ behind, body }) => {
    behind.notifier.setMode(Mode.parse(body).mode);
    return notificationsOf(behind);
  },
  "POST /notifications": async ({ behind }) => ({ released: await behind.notifier.release() }),
};

export const checkoutDoor = (behind: BehindCheckout): Server =>
  routedDoor(behind, routes, checkoutDoorPage);

function checkoutDoorPage(behind: BehindCheckout): string {
  const { name, served, clock, notifier, actions } = behind;
  const rows = behind.payments().map(
    ({ id, reference, cents, state }) =>
      html`<tr>
        <td><code>${id}</code></td>
        <td><code>${reference}</code></td>
        <td>${cents}</td>
        <td>${state}</td>
        <td>${actions.map((action) => button("POST", `/payments/act/${id}/${action}`, action))}</td>
      </tr>`,
  );
  return page(
    `${name}: control door`,
    html`<p>The mock provider itself answers at <code>${served.url}</code>.</p>
      <p>
        Its clock stands at ${clock.now().toISOString()} (<code>PUT /clock</code>).
        ${button("POST", "/purge", "Do the night's cleaning")}
      </p>
      <h2>Notifications</h2>
      <p>Now: <strong>${notifier.mode}</strong>. ${button("POST", "/notifications", "Release")}</p>
      <ul>
        ${notificationModes.map(
          ([mode, what]) =>
            html`<li>
              ${button("PUT", "/notifications", mode, JSON.stringify({ mode }))} ${what}
            </li>`,
        )}
      </ul>
      <h2>Faults</h2>
      <p>
        <a href="/faults">Now</a>: ${served.faults().length}. ${button("DELETE", "/faults", "Calm")}
      </p>
      <ul>
        ${faultKinds
          .filter(([kind]) => kind !== "redirect")
          .map(
            ([kind, what]) =>
              html`<li>${button("PUT", "/faults", kind, JSON.stringify({ kind }))} ${what}</li>`,
          )}
      </ul>
      <h2><a href="/payments">Payments</a></h2>
      <table>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">Reference</th>
          <th scope="col">Cents</th>
          <th scope="col">State</th>
          <th scope="col">Back office</th>
        </tr>
        ${rows}
      </table>
      ${script}`,
  );
}

const button = (method: string, path: string, text: string, body = "") =>
  html`<button data-method="${method}" data-path="${path}" data-body="${body}">${text}</button> `;

const script = html`<script>
  for (const element of document.querySelectorAll("[data-method]"))
    element.onclick = async () => {
      const { method, path, body } = element.dataset;
      const answer = await fetch(path, { method, ...(body && { body }) });
      if (answer.ok) location.reload();
      else alert((await answer.json()).error);
    };
</script>`;
