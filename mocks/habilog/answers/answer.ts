/** What the operations of all domains share. */
import type { WorldContract } from "../../world/types.ts";
import type { Directory } from "../directory.ts";

/** The records for a key as XML, none when there is nothing. The key has no spaces around it. */
export type Answer = (key: string, directory: Directory) => string[];

/** The records of one contract; none when there is no such contract. */
export const ofContract =
  (records: (contract: WorldContract, directory: Directory) => string[]): Answer =>
  (key, directory) => {
    const contract = directory.contract(key);
    return contract ? records(contract, directory) : [];
  };
