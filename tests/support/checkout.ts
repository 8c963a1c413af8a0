/** Payments, as a front-end begins and follows them, and as a person makes them on the provider's page. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../mocks/demo/start.ts";
import { operation, type Client } from "./client.ts";

export interface ShownPayment {
  id: string;
  status: string;
  amount: { amount: string };
  redirect: { method: string; url: string; fields: { name: string; value: string }[] } | null;
  expiresAt: string | null;
}

/** A saved operation with a new key, unless `input` has one. */
export async function beginPayment(front: Client, input: object) {
  const { data, errors } = await front(operation("F26-start-payment"), {
    input: { idempotencyKey: randomUUID(), amount: "12.50", ...input },
  });
  const payload = data?.startPayment ?? { payment: null, userErrors: [] };
  return {
    payment: payload.payment as ShownPayment | null,
    userErrors: payload.userErrors,
    errors,
  };
}

/** The same; throws unless there is a page to go to. */
export async function begunPayment(front: Client, input: object): Promise<ShownPayment> {
  const { payment, userErrors, errors } = await beginPayment(front, input);
  if (!payment?.redirect) throw new Error(JSON.stringify(errors ?? userErrors));
  return payment;
}

/** Goes to the provider's page and presses these buttons; answers with where that leads. */
export async function payOnPage(
  { redirect }: Pick<ShownPayment, "redirect">,
  ...decisions: readonly string[]
): Promise<Response> {
  const { method, url, fields } = redirect!;
  const form = new URLSearchParams(fields.map(({ name, value }) => [name, value]));
  const opened = await fetch(url, method === "POST" ? { method, body: form } : {});
  const text = await opened.text();
  const action = /<form method="post" action="([^"]+)"/.exec(text)?.[1];
  if (!action) throw new Error(`${opened.status} ${text}`);
  let page = opened;
  for (const decision of decisions) {
    const body = new URLSearchParams({ decision });
    page = await fetch(new URL(action.replaceAll("&amp;", "&"), url), {
      method: "POST",
      body,
      redirect: "manual",
    });
  }
  return page;
}

/** What the browser does then: goes back to us. */
export async function goBack(page: Response): Promise<Response> {
  const location = page.headers.get("location");
  if (location) return fetch(location);
  const text = await page.text();
  const action = /<form method="post" action="([^"]+)"/.exec(text)![1]!.replaceAll("&amp;", "&");
  return fetch(action, { method: "POST", body: new URLSearchParams() });
}

const patienceMs = 15_000;

interface FollowedPayment extends ShownPayment {
  paidAt: string | null;
  change: { id: string; status: string } | null;
  receipt: { url: string } | null;
}

/** The payment, once it is as wanted. Throws when it never is. */
export async function paymentOnce(
  front: Client,
  id: string,
  wanted: (payment: FollowedPayment) => boolean,
): Promise<FollowedPayment> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const { data, errors } = await front(operation("F26-card-payment"), { id });
    if (errors) throw new Error(JSON.stringify(errors));
    if (wanted(data.cardPayment)) return data.cardPayment;
    if (Date.now() > end) throw new Error(`a payment stays ${JSON.stringify(data.cardPayment)}`);
    await sleep(50);
  }
}

export const isBooked = ({ change }: FollowedPayment) => change?.status === "APPLIED";

/** The control door of a landlord's payment provider. */
export function checkoutDoor(demo: Demo, landlord: string) {
  const payfip = ["aubervilliers", "la-rochelle"].includes(landlord);
  const { doorUrl } = demo.mocks.providers[payfip ? "payfip" : "lyra"];
  const ask = async (path: string, method: string, body?: object) => {
    const answer = await fetch(`${doorUrl}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as never;
  };
  return {
    notify: (mode: string) => ask("/notifications", "PUT", { mode }),
    release: () => ask("/notifications", "POST"),
    fault: (fault: object) => ask("/faults", "PUT", fault),
    calm: () => ask("/faults", "DELETE"),
    payments: () => ask("/payments", "GET") as Promise<{ reference: string; paid: boolean }[]>,
  };
}
