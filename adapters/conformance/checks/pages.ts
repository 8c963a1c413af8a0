/** What holds for every list that comes in pages. */
import type { Page } from "../../ports/values.ts";
import { alone, ask, contracts, fullPage, pageOf } from "../ask.ts";
import {
  fail,
  Missing,
  needSome,
  pass,
  saysError,
  that,
  type Check,
  type Finding,
} from "../check.ts";
import { pagedReads, type Read } from "../ports.ts";
import { difference } from "../same.ts";
import type { Subject } from "../subject.ts";

type Item = Record<string, unknown> & { readonly key: string };
type Pages = Page<Item>[];

/** Of so many contracts, the first given ones, the longest list is walked. */
const mostWalked = 5;
/** Pages enough for any list; more of them is a list that never ends. */
const mostPages = 60;

async function walk(
  subject: Subject,
  read: Read,
  contractKey: string,
  first: number,
): Promise<Pages> {
  const pages: Pages = [];
  for (let after: string | null = null; pages.length < mostPages;) {
    const key = pageOf(read, contractKey, first, after);
    const page = (await alone(subject, read, key)) as Page<Item>;
    pages.push(page);
    if (!page.hasNextPage || page.endCursor === null) break;
    after = page.endCursor;
  }
  return pages;
}

interface Walked {
  readonly contractKey: string;
  /** By full pages. */
  readonly whole: readonly Item[];
  /** By pages so small that there are several. */
  readonly pages: Pages;
  readonly first: number;
}

/** Of the contract with the most items among the first given ones. */
async function walked(subject: Subject, read: Read, least = 2): Promise<Walked> {
  const lists = await Promise.all(
    contracts(subject.material)
      .slice(0, mostWalked)
      .map(async (contractKey) => {
        const page = (await alone(subject, read, pageOf(read, contractKey))) as Page<Item>;
        return { contractKey, count: page.items.length, more: page.hasNextPage };
      }),
  );
  const longest = lists.toSorted((a, b) => b.count - a.count || +b.more - +a.more)[0]!;
  if (longest.count < least)
    throw new Missing(`contracts: one with ${least} or more in ${read.port.name}`);
  const { contractKey } = longest;
  const whole = (await walk(subject, read, contractKey, fullPage)).flatMap(({ items }) => items);
  const first = Math.max(1, Math.ceil(whole.length / 4));
  return { contractKey, whole, first, pages: await walk(subject, read, contractKey, first) };
}

type Run = (subject: Subject, read: Read) => Promise<Finding>;

const gapless: Run = async (subject, read) => {
  const { whole, pages } = await walked(subject, read);
  const keys = pages.flatMap(({ items }) => items.map(({ key }) => key));
  const doubled = keys.length - new Set(keys).size;
  if (doubled > 0) return fail("each thing once over all pages", `${doubled} came twice`);
  const place = difference(
    whole.map(({ key }) => key),
    keys,
  );
  return that(
    place === null,
    `the same ${whole.length} things by small pages as by full ones`,
    `${keys.length} things, different from place ${place} on`,
  );
};

const full: Run = async (subject, read) => {
  const { pages, first } = await walked(subject, read);
  const wrong = pages.findIndex(({ items, hasNextPage }) =>
    hasNextPage ? items.length !== first : items.length === 0 || items.length > first,
  );
  return that(
    wrong < 0,
    `${first} things on each page but the last, and at least one there`,
    `${pages[wrong]?.items.length} on page ${wrong + 1} of ${pages.length}`,
  );
};

/** By which each list is sorted. */
const dates = ["date", "issuedOn", "createdAt"];

const sorted: Run = async (subject, read) => {
  const { whole } = await walked(subject, read);
  const moments = whole.map((item) => {
    const name = dates.find((date) => date in item);
    return Date.parse(String(item[name ?? ""]));
  });
  const wrong = moments.findIndex((moment, index) => index > 0 && !(moment <= moments[index - 1]!));
  return that(wrong < 0, "newest first", `thing ${wrong + 1} of ${whole.length} is newer`);
};

const total: Run = async (subject, read) => {
  const { whole, pages } = await walked(subject, read);
  const wrong = pages.find((page) => page.total !== null && page.total !== whole.length);
  return that(!wrong, `a total of ${whole.length} on each page, or none`, String(wrong?.total));
};

const end: Run = async (subject, read) => {
  const { contractKey, pages, first } = await walked(subject, read);
  const after = pages.at(-1)!.endCursor;
  if (after === null) return fail("a cursor on each page that holds something", "none");
  const [beyond] = await ask(subject, read, [pageOf(read, contractKey, first, after)]);
  const { items, hasNextPage, endCursor } = beyond as Page<Item>;
  return that(
    items.length === 0 && !hasNextPage && endCursor === null,
    "after the last cursor: no things, no cursor, no next page",
    `${items.length} things, ${endCursor === null ? "no" : "a"} cursor, hasNextPage ${hasNextPage}`,
  );
};

const strange: Run = async (subject, read) => {
  const contractKey = contracts(subject.material)[0]!;
  for (const after of ["no cursor", "-1", "Œ'<", "9".repeat(60)]) {
    const asked = ask(subject, read, [pageOf(read, contractKey, 5, after)]);
    const came = await asked.then(() => "an answer", saysError);
    if (!came.startsWith("INVALID_INPUT"))
      return fail("INVALID_INPUT for a cursor that is none", came);
  }
  return pass;
};

const single: Run = async (subject, read) => {
  const { contractKey, whole } = await walked(subject, read);
  const [page] = await ask(subject, read, [pageOf(read, contractKey, 1)]);
  const { items, hasNextPage } = page as Page<Item>;
  const came = `${items.length} things, hasNextPage ${hasNextPage}`;
  return that(
    items.length === 1 && items[0]!.key === whole[0]!.key && hasNextPage,
    "the newest thing alone, and a next page",
    came,
  );
};

const kinds: readonly [suffix: string, title: string, hint: string, run: Run][] = [
  [
    "pages",
    "Pages to the end hold everything once",
    "An ERP that pages by number shifts when the size changes: keep the place in the cursor, not the page number; sort before cutting.",
    gapless,
  ],
  [
    "page-size",
    "Every page but the last is full",
    "Filtering after the ERP cut its page leaves holes: read on until the page is full.",
    full,
  ],
  [
    "newest-first",
    "Newest first, over all pages",
    "Sort by the day, not by the text of the ERP's date; an ERP that sorts oldest first is read from its end.",
    sorted,
  ],
  [
    "total",
    "The total is true, or not told",
    "Where the ERP's own count is wrong or of something else, answer null.",
    total,
  ],
  [
    "end",
    "After the end comes an empty page",
    "Some ERPs begin anew after their last page, or answer 404: both are an empty page.",
    end,
  ],
  [
    "strange-cursor",
    "A cursor that is none is refused",
    "Check the cursor's form before anything is sent; never start from the beginning instead.",
    strange,
  ],
  ["first-one", "A page of one holds one", "Look for a least page size of the ERP.", single],
];

const pageChecks: readonly Check[] = pagedReads.flatMap((read) =>
  kinds.map(([suffix, title, hint, run]): Check => ({
    id: `${read.name}/${suffix}`,
    level: "MUST",
    ports: [read.port.name],
    title,
    hint,
    kind: "reads",
    run: (subject) => run(subject, read),
  })),
);

const quiet: readonly Check[] = pagedReads
  .filter(({ port }) => ["accountEntries", "payments"].includes(port.name))
  .map((read): Check => ({
    id: `${read.name}/nothing`,
    level: "MUST",
    ports: [read.port.name],
    title: "A contract with nothing yet has an empty page",
    hint: "Empty lists come as null, {}, a single object, an absent element or a 404: all are no items.",
    kind: "reads",
    run: async (subject) => {
      const keys = needSome(subject.material.quiet, 1, "quiet: a contract without any entry");
      const [page] = await ask(subject, read, [pageOf(read, keys[0]!)]);
      const { items, endCursor, hasNextPage } = page as Page<Item>;
      const fine = items.length === 0 && endCursor === null && !hasNextPage;
      return that(fine, "no items, no cursor, no next page", `${items.length} items`);
    },
  }));

export const pagingChecks: readonly Check[] = [...pageChecks, ...quiet];
