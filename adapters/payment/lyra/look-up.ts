/** Asks Lyra's REST service (`V4/Order/Get`) what became of an order of ours. */
import { z } from "zod";
import { PortError } from "../../ports/errors.ts";
import type { BegunPayment, PaymentNews } from "../../ports/payment-provider.ts";
import type { Call } from "../../ports/port.ts";
import { fromCents } from "../../transport/cents.ts";
import { readRecord } from "../../transport/read-record.ts";
import type { RestClient } from "../../transport/rest.ts";
import type { Settings } from "./settings.ts";
import { meaningOf } from "./statuses.ts";

const place = "Order/Get";

const Transaction = z.object({
  shopId: z.string(),
  uuid: z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
  operationType: z.string(),
  detailedStatus: z.string(),
  amount: z.int().nonnegative(),
  currency: z.string(),
  creationDate: z.iso.datetime({ offset: true }),
  transactionDetails: z
    .object({
      cardDetails: z
        .object({
          authorizationResponse: z
            .object({ authorizationNumber: z.string().max(60).nullish() })
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
});
type Transaction = z.infer<typeof Transaction>;

const Answer = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("SUCCESS"),
    mode: z.string(),
    answer: z.object({
      shopId: z.string(),
      orderId: z.string(),
      transactions: z.array(Transaction).max(100),
    }),
  }),
  z.object({ status: z.literal("ERROR"), answer: z.object({ errorCode: z.string() }) }),
]);

/** Lyra's words for an order of which it has no transaction: nobody has tried to pay. */
const nothingThere = "PSP_010";

export async function lookUp(
  rest: RestClient,
  settings: Settings,
  payment: BegunPayment,
  now: Date,
  call: Call,
): Promise<PaymentNews> {
  const body = { json: { orderId: payment.reference } };
  const { data } = await rest.send("POST", "/api-payment/V4/Order/Get", { body }, call);
  const read = readRecord(Answer, data, place);
  if (read.status === "ERROR") {
    if (read.answer.errorCode === nothingThere) return nothingYet(payment, now);
    throw new PortError("BAD_RESPONSE", `${place}: an error`, {
      cause: new Error(`Lyra: ${read.answer.errorCode}`),
    });
  }
  const { answer, mode } = read;
  if (answer.orderId !== payment.reference) return { state: "DIFFERS", what: "REFERENCE" };
  const foreign = answer.transactions.some(({ shopId }) => shopId !== settings.siteId);
  if (foreign || answer.shopId !== settings.siteId || mode !== settings.mode) {
    return { state: "DIFFERS", what: "SHOP" };
  }
  return newsOf(answer.transactions, payment, now);
}

/** A person may still be on the page: only some time after it closed is it certain that nobody paid. */
const patienceMs = 30 * 60_000;

function nothingYet({ expiresAt }: BegunPayment, now: Date): PaymentNews {
  const over = now.getTime() > Date.parse(expiresAt) + patienceMs;
  return { state: over ? "EXPIRED" : "WAITING" };
}

/** Of several tries, the one that matters most: money taken, then money awaited, then the last. */
function newsOf(
  transactions: readonly Transaction[],
  payment: BegunPayment,
  now: Date,
): PaymentNews {
  const latest = transactions.toSorted((a, b) => (a.creationDate < b.creationDate ? 1 : -1));
  const credit = latest.find(({ operationType }) => operationType === "CREDIT");
  if (credit) return { state: "REVERSED", transaction: credit.uuid };
  const told = latest.map((one) => newsOfOne(one));
  const important = ["PAID", "REVERSED", "WAITING"] as const;
  for (const state of important) {
    const found = told.find((news) => news.state === state);
    if (found) return found;
  }
  return told[0] ?? nothingYet(payment, now);
}

function newsOfOne(transaction: Transaction): PaymentNews {
  const { uuid, detailedStatus, amount, currency, creationDate } = transaction;
  const state = meaningOf(detailedStatus);
  if (state === null) throw new PortError("BAD_RESPONSE", `${place}: an unknown status`);
  if (state === "REFUSED" || state === "REVERSED") return { state, transaction: uuid };
  if (state !== "PAID") return { state };
  if (currency !== "EUR") throw new PortError("BAD_RESPONSE", `${place}: another currency`);
  const card = transaction.transactionDetails?.cardDetails?.authorizationResponse;
  return {
    state,
    amount: fromCents(String(amount)),
    paidAt: creationDate,
    transaction: uuid,
    means: "CARD",
    authorisation: card?.authorizationNumber ?? null,
  };
}
