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

function encode(place: Place): string {
  return Buffer.from(JSON.stringify([place.from, place.skip])).toString("base64url");
}

/** Null when it is not a cursor of ours. */
function decode(cursor: string): Place | null {
  try {
    const [from, skip] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    const known = (from === null || typeof from === "string") && Number.isInteger(skip);
    if (!known || (skip as number) < 0 || (skip as number) >= maxPortPage) return null;
    return { from, skip: skip as number };
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
export function planPage(paging: Paging): PagePlan | null {
  const { first, after } = paging;
  if (!Number.isInteger(first) || first < 1 || first > maxPage) return null;
  const place = after === null ? start : decode(after);
  if (!place) return null;
  return {
    // Whoever resumes deep within a long page may get fewer than asked for, never none: Relay allows it.
    request: { first: Math.min(first + place.skip, maxPortPage), after: place.from },
    connect: (page, show) => connect(page, show, place, after !== null),
  };
}

function connect<A, T>(
  page: Page<A>,
  show: (item: A) => T,
  place: Place,
  resumed: boolean,
): Connection<T> {
  const edges = page.items.slice(place.skip).map((item, index, all) => ({
    node: show(item),
    cursor: encode(
      index === all.length - 1 && page.endCursor !== null
        ? { from: page.endCursor, skip: 0 }
        : { from: place.from, skip: place.skip + index + 1 },
    ),
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
