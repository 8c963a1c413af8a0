/** What any method that reads can do wrong, by the end of the check's id. */
import { PortError } from "../../../ports/errors.ts";
import type { Mistake } from "../index.ts";
import { newCall } from "../../subject.ts";
import { answered, reversed, served, things } from "./serving.ts";

type OfPlace = (place: string) => Mistake;

const pageMistakes: Readonly<Record<string, OfPlace>> = {
  pages: (place) =>
    served(place, (ask) => async (keys, call) => {
      const pages = await ask(keys, call);
      return pages.map((page: { items: unknown[] }, index: number) =>
        keys[index].after === null ? page : { ...page, items: page.items.slice(1) },
      );
    }),
  "page-size": (place) =>
    answered(place, (page) => ({ ...page, items: page.items.slice(page.hasNextPage ? 1 : 0) })),
  "newest-first": reversed,
  total: (place) => answered(place, (page) => ({ ...page, total: page.total + 1 })),
  end: (place) =>
    served(place, (ask) => async (keys, call) => {
      const pages = await ask(keys, call);
      const ended = pages.some(({ items }: { items: unknown[] }) => items.length === 0);
      return ended ? ask(keys.map(fromStart), call) : pages;
    }),
  "strange-cursor": (place) =>
    served(
      place,
      (ask) => (keys, call) => ask(keys, call).catch(() => ask(keys.map(fromStart), call)),
    ),
  "first-one": (place) =>
    served(
      place,
      (ask) => (keys, call) =>
        ask(
          keys.map((key: { first: number }) => ({ ...key, first: Math.max(2, key.first) })),
          call,
        ),
    ),
  nothing: (place) => answered(place, (page) => ({ ...page, endCursor: page.endCursor ?? "0" })),
};

const fromStart = (key: object) => ({ ...key, after: null });

export const readMistakes: Readonly<Record<string, OfPlace>> = {
  ...pageMistakes,
  order: (place) => served(place, (ask) => async (keys, call) => (await ask(keys, call)).reverse()),
  empty: (place) =>
    served(place, (ask) => async (keys, call) => (keys.length === 0 ? [null] : ask(keys, call))),
  unknown: (place) =>
    served(place, (ask) => async (keys, call) => {
      const answers = await ask(keys, call).catch(() => {
        throw new PortError("UNAVAILABLE", "the ERP says 500");
      });
      return answers.map(() => answers[0]);
    }),
  twice: (place) =>
    served(place, (ask) => (keys, call) => {
      const once = new Map(keys.map((key: unknown) => [JSON.stringify(key), key]));
      return ask([...once.values()], call);
    }),
  hostile: (place) =>
    served(place, (ask) => async (keys, call) => {
      if (/[<'*]/.test(JSON.stringify(keys))) throw new PortError("UNAVAILABLE", "no such page");
      return ask(keys, call);
    }),
  aborted: (place) => served(place, (ask) => (keys) => ask(keys, newCall())),
  "as-listed": (place) =>
    things(place, (thing) => ({ ...thing, [thing.title ? "title" : "number"]: "Another" })),
  foreign: (place) =>
    served(
      place,
      (ask) => async (keys, call) =>
        ask(
          // The contract that its number names, whatever was asked.
          keys.map(({ key }: { key: string }) => ({ key, contractKey: key.slice(0, 4) })),
          call,
        ),
    ),
  period: (place) =>
    things(place, (thing) => ({ ...thing, period: { from: "2026-03-31", to: "2026-04-29" } })),
  keys: (place) => things(place, (thing) => ({ ...thing, key: "the-same" })),
};
