/** How operations find what they are asked about. */
import type { WorldContract } from "../world/types.ts";
import type { Values } from "./description.ts";
import type { Directory } from "./keys.ts";
import type { Asked, Operation, Result } from "./operations.ts";

export const missing = (what: unknown): Result => ({
  missing: `${String(what)} not found at fr.beauceron.dao.JdbcDao.load(JdbcDao.java:212)`,
});

export const ofContract =
  (
    directory: Directory,
    answer: (contract: WorldContract, values: Values, asked: Asked) => Result,
  ): Operation =>
  (values, asked) => {
    const contract = directory.contract(String(values.numero));
    return contract ? answer(contract, values, asked) : missing(values.numero);
  };
