/** `POST /api-payment/V4/Order/Get`: what Lyra says of an order to a server that asks. */
import { z } from "zod";
import type { MockAnswer, MockRequest } from "../kit/product.ts";
import type { Books, Shop, Transaction } from "./books.ts";

export const orderPath = "/api-payment/V4/Order/Get";

const Request = z.strictObject({ orderId: z.string().min(1).max(64) });

export function answerOrder({ headers, body }: MockRequest, books: Books, now: Date): MockAnswer {
  const shop = shopOf(headers.authorization, books);
  if (!shop) return error(401, "INT_905", "invalid credentials", now);
  const asked = Request.safeParse(jsonOf(body));
  if (!asked.success) return error(200, "INT_902", "invalid input", now);
  const { orderId } = asked.data;
  const transactions = books.ofOrder(shop, orderId);
  if (transactions.length === 0) return error(200, "PSP_010", "transaction not found", now);
  return json(200, {
    webService: "Order/Get",
    version: "V4",
    status: "SUCCESS",
    answer: {
      orderId,
      shopId: shop.siteId,
      transactions: transactions.map((one) => shown(one, shop, orderId)),
      _type: "V4/OrderTransactions",
    },
    serverDate: stamp(now),
    mode: shop.mode,
    _type: "V4/WebService/Response",
  });
}

function shopOf(authorization: string | undefined, books: Books): Shop | null {
  const [, encoded = ""] = /^Basic (\S+)$/.exec(authorization ?? "") ?? [];
  const [siteId = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  const shop = books.shopOf(siteId);
  return shop && shop.apiPassword === rest.join(":") ? shop : null;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

const stamp = (moment: Date) => moment.toISOString().replace(/\.\d+Z$/, "+00:00");

const statusOf = (detailed: string) =>
  detailed === "AUTHORISED" || detailed === "CAPTURED"
    ? "PAID"
    : detailed === "UNDER_VERIFICATION"
      ? "RUNNING"
      : "UNPAID";

function shown(transaction: Transaction, { siteId, mode }: Shop, orderId: string) {
  const { uuid, operation, status, cents, createdAt } = transaction;
  const taken = statusOf(status) === "PAID";
  return {
    shopId: siteId,
    uuid,
    paymentMethodType: "CARD",
    detailedStatus: status,
    status: statusOf(status),
    amount: cents,
    currency: "EUR",
    creationDate: stamp(createdAt),
    errorCode: status === "REFUSED" ? "ACQ_001" : null,
    operationType: operation,
    transactionDetails: {
      effectiveAmount: cents,
      effectiveCurrency: "EUR",
      cardDetails: {
        pan: "497010XXXXXX0055",
        authorizationResponse: { authorizationNumber: taken ? uuid.slice(0, 6) : null },
      },
    },
    orderDetails: { orderTotalAmount: cents, orderCurrency: "EUR", mode, orderId },
    _type: "V4/Transaction",
  };
}

function error(status: number, errorCode: string, errorMessage: string, now: Date): MockAnswer {
  const answer = {
    errorCode,
    errorMessage,
    detailedErrorCode: null,
    _type: "V4/WebService/WebServiceError",
  };
  return json(status, { webService: "Order/Get", status: "ERROR", answer, serverDate: stamp(now) });
}

const json = (status: number, value: unknown): MockAnswer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(value),
});
