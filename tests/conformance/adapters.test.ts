/** Every adapter under `adapters/erp/` against its mock ERP, over the wire, by the whole list. */
import { afterAll, describe, expect, test } from "vitest";
import { allChecks } from "../../adapters/conformance/list.ts";
import { conforms, type Report } from "../../adapters/conformance/report.ts";
import { runConformance } from "../../adapters/conformance/run.ts";
import { adapters, standInOf, startSubject, type Checked } from "./find.ts";

const checked: Checked[] = [];
afterAll(() => Promise.all(checked.map((one) => one.close())));

/** What was skipped although the ERP serves it; the same catalogue for everybody is no lack. */
const lacking = ({ checks }: Report) =>
  checks.flatMap(({ id, finding }) =>
    finding.status !== "skip" ||
    / does not serve /.test(finding.reason) ||
    id === "requestCatalogues.ofContracts/order"
      ? []
      : [`${id}: ${finding.reason}`],
  );

describe.concurrent("conforms", () => {
  test.for([...adapters])("%s", { timeout: 120_000 }, async ([, adapter], { expect }) => {
    const one = await startSubject(adapter);
    checked.push(one);
    const report = await runConformance(allChecks, one.subject, { write: true });
    const wrong = report.checks.filter(
      ({ level, finding }) => level === "MUST" && finding.status === "fail",
    );
    expect(wrong.map(({ id, finding }) => ({ id, ...finding }))).toEqual([]);
    expect(conforms(report)).toBe(true);
    expect(lacking(report)).toEqual([]);
  });
});

test("a product without a stand-in is told what to add", async () => {
  await expect(standInOf("no-such-product")).rejects.toThrow(
    /^adapters\/erp\/no-such-product has nothing .* add testing\/conformance\.ts/,
  );
});
