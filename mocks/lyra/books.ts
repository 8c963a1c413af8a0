/** Lyra's books: shops, the orders that people came to pay, and every transaction of theirs. */
import { randomBytes } from "node:crypto";
import type { Fields } from "./signature.ts";

export interface Shop {
  readonly siteId: string;
  readonly mode: "TEST" | "PRODUCTION";
  /** Of forms and notifications. */
  readonly key: string;
  /** Of the REST service. */
  readonly apiPassword: string;
}

export type Status =
  | "AUTHORISED"
  | "CAPTURED"
  | "REFUSED"
  | "ABANDONED"
  | "CANCELLED"
  | "CAPTURE_FAILED"
  | "UNDER_VERIFICATION";

export interface Transaction {
  readonly uuid: string;
  readonly operation: "DEBIT" | "CREDIT";
  status: Status;
  readonly cents: number;
  readonly createdAt: Date;
}

/** A form that was taken: somebody is on the page, or was. */
export interface Visit {
  /** In the page's address. */
  readonly id: string;
  readonly shop: Shop;
  readonly asked: Fields;
  readonly createdAt: Date;
  /** Oldest first: a person may try several cards. */
  readonly transactions: Transaction[];
  over: boolean;
}

export interface Books {
  shopOf(siteId: string): Shop | undefined;
  /** Null when the shop has had that number on that day. */
  open(shop: Shop, asked: Fields): Visit | null;
  visit(id: string): Visit | undefined;
  visits(): readonly Visit[];
  /** Every transaction of the shop's order. */
  ofOrder(shop: Shop, orderId: string): readonly Transaction[];
  add(visit: Visit, status: Status, operation?: "DEBIT" | "CREDIT"): Transaction;
  /** Closes the pages on which nobody did anything; says how many. */
  purge(): number;
}

export function createBooks(shops: readonly Shop[], now: () => Date): Books {
  const visits = new Map<string, Visit>();
  const numbers = new Set<string>();
  return {
    shopOf: (siteId) => shops.find((shop) => shop.siteId === siteId),
    open: (shop, asked) => {
      const day = asked["vads_trans_date"]!.slice(0, 8);
      const number = `${shop.siteId} ${day} ${asked["vads_trans_id"]}`;
      if (numbers.has(number)) return null;
      numbers.add(number);
      const id = randomBytes(12).toString("hex");
      const visit: Visit = { id, shop, asked, createdAt: now(), transactions: [], over: false };
      visits.set(id, visit);
      return visit;
    },
    visit: (id) => visits.get(id),
    visits: () => [...visits.values()],
    ofOrder: ({ siteId }, orderId) =>
      [...visits.values()]
        .filter(({ shop, asked }) => shop.siteId === siteId && asked["vads_order_id"] === orderId)
        .flatMap(({ transactions }) => transactions),
    add: ({ asked, transactions }, status, operation = "DEBIT") => {
      const transaction: Transaction = {
        uuid: randomBytes(16).toString("hex"),
        operation,
        status,
        cents: Number(asked["vads_amount"]),
        createdAt: now(),
      };
      transactions.push(transaction);
      return transaction;
    },
    purge: () => {
      const idle = [...visits.values()].filter(({ transactions }) => transactions.length === 0);
      for (const { id } of idle) visits.delete(id);
      return idle.length;
    },
  };
}

/** The movement of money to the shop; null where there was none, or it was given back. */
export function taken({ transactions }: Visit): Transaction | null {
  if (transactions.some(({ operation }) => operation === "CREDIT")) return null;
  return (
    transactions.find(({ status }) => status === "AUTHORISED" || status === "CAPTURED") ?? null
  );
}
