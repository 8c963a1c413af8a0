/** News for a person: for everybody, and for the buildings where the person lives. */
import { z } from "zod";
import type { News, NewsItem } from "../../ports/contract.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { text } from "../../transport/fields.ts";
import type { Pavois } from "./client.ts";
import { textOfHtml } from "../../transport/html.ts";
import { isPerson } from "./keys.ts";
import { readList } from "./lots.ts";
import { day } from "./map.ts";

const newsRecord = z
  .object({ NumeroActualite: text, Titre: text, Texte: z.string(), PublieeLe: day })
  .transform(({ NumeroActualite, Titre, Texte, PublieeLe }): NewsItem => ({
    key: NumeroActualite,
    title: Titre,
    // Where there are no words, a picture alone, the title says what there is to say.
    text: textOfHtml(Texte) || Titre,
    publishedOn: PublieeLe,
  }));

/** More are of no use to anybody. */
const most = 50;

export const createNews = (pavois: Pavois): News => ({
  ofPersons: (keys, call) =>
    eachOnce(keys, String, async (key) => (isPerson(key) ? newsOf(pavois, key, call) : [])),
});

/** Pavois puts what is pinned first, however old: the whole list is read, then put into order. */
async function newsOf(pavois: Pavois, person: string, call: Call): Promise<NewsItem[]> {
  const listing = {
    operation: "ListerActualites",
    args: { NumeroTiers: person },
    element: "Actualite",
    shape: newsRecord,
    keyOf: ({ key }: NewsItem) => key,
  };
  const found = await readList(pavois, listing, call);
  return found.toSorted(newestFirst).slice(0, most);
}

function newestFirst(a: NewsItem, b: NewsItem): number {
  if (a.publishedOn === b.publishedOn) return 0;
  return a.publishedOn < b.publishedOn ? 1 : -1;
}
