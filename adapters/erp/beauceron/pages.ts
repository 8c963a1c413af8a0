/** The lists that hang on a contract: entries, payments, documents, requests. */
import type { z } from "zod";
import type { ContractPage } from "../../ports/billing.ts";
import type { BatchRead } from "../../ports/port.ts";
import type { Page } from "../../ports/values.ts";
import { eachOnce } from "../../transport/each-once.ts";
import type { Client } from "./client.ts";
import { askedFor, emptyPage, pageOf } from "./lists.ts";
import { names } from "./wire.ts";

export interface ContractList<W, T, K extends ContractPage> {
  readonly pathOf: (contractKey: string) => string;
  readonly queryOf?: (key: K) => Record<string, string>;
  readonly shape: z.ZodType<W>;
  readonly keyOf: (record: W) => string;
  readonly map: (record: W) => T;
}

/** Pages of a list whose records name their contract. */
export const pagesOf = <W extends { contrat: string }, T, K extends ContractPage = ContractPage>(
  client: Client,
  list: ContractList<W, T, K>,
): BatchRead<K, Page<T>> =>
  pagesWith(client, list, (record, contractKey) => record.contrat === contractKey);

/**
 * Pages of a list; empty for a contract that beauceron does not know. `wasAsked` tells of a record
 * whether it may stand in the list.
 */
export function pagesWith<W, T, K extends ContractPage = ContractPage>(
  client: Client,
  list: ContractList<W, T, K>,
  wasAsked: (record: W, contractKey: string) => boolean,
): BatchRead<K, Page<T>> {
  return (keys, call) =>
    eachOnce(keys, JSON.stringify, async (key) => {
      const { contractKey } = key;
      if (!names.contract.test(contractKey)) return emptyPage();
      const query = list.queryOf?.(key) ?? {};
      const source = { path: list.pathOf(contractKey), query, shape: list.shape };
      const page = await pageOf((window) => client.slice(source, window, call), list.keyOf, key);
      askedFor(page.items, (record) => wasAsked(record, contractKey));
      return { ...page, items: page.items.map(list.map) };
    });
}

export interface ThingKey {
  readonly contractKey: string;
  readonly key: string;
}

/**
 * Single things by key. beauceron shows any of them to whoever asks, so that what belongs to
 * another contract is made null here.
 */
export function thingsOf<W extends { contrat: string }, T>(
  client: Client,
  thing: {
    readonly name: RegExp;
    readonly pathOf: (key: string) => string;
    readonly shape: z.ZodType<W>;
    readonly map: (record: W) => T;
  },
): BatchRead<ThingKey, T | null> {
  return async (keys, call) => {
    const records = await eachOnce(
      keys,
      ({ key }) => key,
      async ({ key }) =>
        thing.name.test(key) ? client.one(thing.pathOf(key), thing.shape, call) : null,
    );
    return records.map((record, index) =>
      record?.contrat === keys[index]!.contractKey ? thing.map(record) : null,
    );
  };
}
