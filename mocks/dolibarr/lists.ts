/** Lists: filtered, trimmed, cut to a page. A hundred unless another limit is named, 0 for all. */
import type { MockAnswer } from "../kit/product.ts";
import { ok, problem } from "./answers.ts";
import type { Values } from "./description.ts";
import { filteredBy, trimmedTo } from "./filters.ts";

interface Listing {
  readonly columns?: Readonly<Record<string, string>>;
  /** What there is none of, where that is a 404; an empty list otherwise. */
  readonly none?: string;
}

export function listed(
  rows: readonly Record<string, unknown>[],
  { sqlfilters, properties, limit = "100", page = "0" }: Values,
  { columns = {}, none }: Listing = {},
): MockAnswer {
  const found = filteredBy(rows, sqlfilters, columns);
  if ("fault" in found) {
    return found.fault === "syntax"
      ? problem(
          400,
          `Error when validating parameter sqlfilters -> Bad syntax of the search string: ${found.of}`,
        )
      : problem(503, `Error when retrieve objects : Unknown column '${found.of}' in 'WHERE'`);
  }
  const size = Number(limit) || found.length;
  const shown = found.slice(Number(page) * size, (Number(page) + 1) * size);
  if (shown.length === 0 && none !== undefined) return problem(404, none);
  return ok(shown.map((row) => trimmedTo(row, properties)));
}
