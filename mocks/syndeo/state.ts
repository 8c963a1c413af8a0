/** What syndeo keeps and the World has no room for. */
import type { WorldContract, WorldPayment, WorldPerson, WorldRequest } from "../world/types.ts";
import { createDepot, type Depot } from "./depot.ts";

export interface State {
  /** What the caller called them. */
  readonly references: Map<WorldPayment | WorldRequest, string>;
  /** All numbers of a person, where there are more than the World's one. */
  readonly phones: Map<WorldPerson, string[]>;
  /** When a contract's data were published beside the fixed hours. */
  readonly published: Map<WorldContract, string>;
  readonly depot: Depot;
}

export const createState = (now: () => Date): State => ({
  references: new Map(),
  phones: new Map(),
  published: new Map(),
  depot: createDepot(now),
});
