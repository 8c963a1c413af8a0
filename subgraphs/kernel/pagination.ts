import { freshnessOf } from "../../adapters/ports/freshness.ts";
import type { Page, PageRequest } from "../../adapters/ports/values.ts";
import type { Connection } from "./shared-types.ts";

/** The longest page that a client may ask for. */
export const maxPage = 50;

/** The longest page that a port may be asked for: room for what lies before a cursor within a page. */
const maxPortPage = 100;

export interface Paging {
  readonly first: number;
  readonly after: string | null;
}

/** What a cursor of the ERP's is hidden by: it opens for the same list only. */
export interface CursorSeal {
  seal(cursor: string): string;
  /** Null for what was not sealed for this list. */
  open(sealed: string): string | null;
}

/**
 * A cursor of ours names the ERP's page that an edge came in (`from`, the port's own cursor or null)
 * and how many items of that page lie before the next one (`skip`): ports tell only where a page
 * ends, clients may go on behind any edge.
 */
interface Place {
  from: string | null;
  skip: number;
}

const start: Place = { from: null, skip: 0 };

/** A place in a list says nothing, and stands in no other list's way. */
const isOffset = (cursor: string) => /^\d{1,9}$/.test(cursor);

/** The port's cursor as clients see it. */
const shown = (from: string | null, { seal }: CursorSeal) =>
  from === null || isOffset(from) ? from : seal(from);

function encode(from: string | null, skip: number): string {
  return Buffer.from(JSON.stringify([from, skip])).toString("base64url");
}

/** Null when it is not a cursor of ours, of this list. */
function decode(cursor: string, { open }: CursorSeal): Place | null {
  try {
    const [given, skip] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    if (!Number.isInteger(skip) || (skip as number) < 0 || (skip as number) >= maxPortPage) {
      return null;
    }
    if (given === null) return { from: null, skip: skip as number };
    if (typeof given !== "string") return null;
    const from = isOffset(given) ? given : open(given);
    return from === null ? null : { from, skip: skip as number };
  } catch {
    return null;
  }
}

export interface PagePlan {
  /** What to ask the port for. */
  readonly request: PageRequest;
  /** Makes the connection out of the port's answer. */
  connect<A, T>(page: Page<A>, show: (item: A) => T): Connection<T>;
}

/** Null when `first` is out of 1 to 50 or `after` is not a cursor that we gave. */
export function planPage(paging: Paging, seal: CursorSeal): PagePlan | null {
  const { first, after } = paging;
  if (!Number.isInteger(first) || first < 1 || first > maxPage) return null;
  const place = after === null ? start : decode(after, seal);
  if (!place) return null;
  return {
    // Whoever resumes deep within a long page may get fewer than asked for, never none: Relay allows it.
    request: { first: Math.min(first + place.skip, maxPortPage), after: place.from },
    connect: (page, show) => connect(page, show, place, after !== null, seal),
  };
}

function connect<A, T>(
  page: Page<A>,
  show: (item: A) => T,
  place: Place,
  resumed: boolean,
  seal: CursorSeal,
): Connection<T> {
  const from = shown(place.from, seal);
  const end = shown(page.endCursor, seal);
  const edges = page.items.slice(place.skip).map((item, index, all) => ({
    node: show(item),
    cursor:
      index === all.length - 1 && end !== null
        ? encode(end, 0)
        : encode(from, place.skip + index + 1),
  }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: resumed,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: page.total,
    ...freshnessOf(page),
  };
}
