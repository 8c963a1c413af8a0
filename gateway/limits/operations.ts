import { stripIgnoredCharacters } from "graphql";
import type { OperationList } from "../../subgraphs/kernel/door/door.ts";
import { isOrLooksAsStaff } from "../../subgraphs/support/staff.ts";
import { idOf, type RegisteredOperation } from "./operation-files.ts";

export interface OperationListOptions {
  /** Whether anything may be asked; ids are understood in any case. */
  readonly open: boolean;
  /** What every landlord's front-ends may ask: the operations that we publish. */
  readonly published: readonly string[];
  /** What those of each landlord may ask besides, by its id. */
  readonly own: ReadonlyMap<string, readonly RegisteredOperation[]>;
}

interface Registered {
  /** Texts by their ids. */
  readonly texts: ReadonlyMap<string, string>;
  /** Of texts without the spaces and comments that nothing depends on. */
  readonly bare: ReadonlySet<string>;
}

/** Only the landlord's own people may try things out where the list is not open. */
export function createOperationList({ open, published, own }: OperationListOptions): OperationList {
  const everybody = register(published.map((text) => ({ id: idOf(text), text })));
  const byLandlord = new Map([...own].map(([landlord, list]) => [landlord, register(list)]));
  const listsOf = (landlord: string) => [everybody, byLandlord.get(landlord) ?? nobody];
  return {
    textOf: (landlord, id) =>
      listsOf(landlord)
        .map(({ texts }) => texts.get(plain(id)))
        .find((text) => text !== undefined),
    admits(landlord, text) {
      if (open) return true;
      const lists = listsOf(landlord);
      if (lists.some(({ texts }) => texts.has(idOf(text)))) return true;
      const bare = bareOf(text);
      return bare !== null && lists.some((list) => list.bare.has(bare));
    },
    isFree: isOrLooksAsStaff,
  };
}

const nobody: Registered = { texts: new Map(), bare: new Set() };

function register(list: readonly RegisteredOperation[]): Registered {
  return {
    texts: new Map(list.map(({ id, text }) => [plain(id), text])),
    bare: new Set(list.flatMap(({ text }) => bareOf(text) ?? [])),
  };
}

/** Some tools say in the id how it was made. */
const plain = (id: string) => id.replace(/^sha256:/, "");

/** Null for what is no GraphQL. */
function bareOf(text: string): string | null {
  try {
    return stripIgnoredCharacters(text);
  } catch {
    return null;
  }
}
