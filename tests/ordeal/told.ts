/** Where everything stands, by the people's own lists. */
import type { Status } from "./asked.ts";
import type { Person } from "./person.ts";

const list = `query ($after: String) {
  viewer { changes(first: 50, after: $after) {
    nodes { receipt status kind }
    pageInfo { hasNextPage endCursor }
  } }
}`;

interface Listed {
  readonly receipt: string;
  readonly status: Status;
  readonly kind: string;
}

interface Page {
  readonly nodes: readonly Listed[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Newest first. */
export async function changesOf(person: Person): Promise<Listed[]> {
  const found: Listed[] = [];
  let after: string | null = null;
  do {
    const { viewer } = (await person.insist(list, { after })) as { viewer: { changes: Page } };
    const { nodes, pageInfo } = viewer.changes;
    found.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

/** Whether somebody or something is still to do something about it by itself. */
export const isUnderWay = ({ status }: Listed): boolean =>
  status === "ACCEPTED" || status === "SENDING" || status === "UNKNOWN" || status === "SENT";
