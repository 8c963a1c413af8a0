/**
 * Every adapter under `adapters/erp/` against its mock ERP, over the wire, by the whole list, as an
 * integrator runs it: `npx trousseau adapter check`.
 */
import { afterAll, describe, expect, test } from "vitest";
import { conforms, type Report } from "../../adapters/conformance/report.ts";
import { checkedByCommand, standFor, type StoodFor } from "./command.ts";
import { adapters, hasStandIn, standInOf } from "./find.ts";
import { watchUses, wrongUses } from "./uses.ts";

/** The products that come with the house: each must be stood for. A newcomer is checked once it is. */
const shipped = ["beauceron", "dolibarr", "habilog", "intitulo", "pavois", "syndeo"];
const newcomers = [...adapters.keys()].filter((product) => !shipped.includes(product));
const withoutStandIn: string[] = [];
for (const product of newcomers) {
  if (!(await hasStandIn(product))) withoutStandIn.push(product);
}
const stoodFor = [...adapters].filter(([product]) => !withoutStandIn.includes(product));

const stood: StoodFor[] = [];
afterAll(() => Promise.all(stood.map((one) => one.close())));

/** What was skipped although the ERP serves it; the same catalogue for everybody is no lack. */
const lacking = ({ checks }: Report) =>
  checks.flatMap(({ id, finding }) =>
    finding.status !== "skip" ||
    / does not serve |^not written yet: /.test(finding.reason) ||
    id === "requestCatalogues.ofContracts/order"
      ? []
      : [`${id}: ${finding.reason}`],
  );

describe.concurrent("conforms", () => {
  test.for(stoodFor)("%s", { timeout: 120_000 }, async ([, adapter], { expect }) => {
    const one = await standFor(adapter);
    stood.push(one);
    const watched = await watchUses(adapter);
    const { code, ...report } = await checkedByCommand(one);
    const wrong = report.checks.filter(
      ({ level, finding }) => level === "MUST" && finding.status === "fail",
    );
    expect(wrong.map(({ id, finding }) => ({ id, ...finding }))).toEqual([]);
    expect(conforms(report)).toBe(true);
    expect(code).toBe(0);
    expect(lacking(report)).toEqual([]);
    expect(wrongUses(watched)).toEqual([]);
    watched.end();
  });
});

test("the products of the house are all there", () => {
  expect([...adapters.keys()]).toEqual(expect.arrayContaining(shipped));
});

test.skip.each(withoutStandIn)(
  "%s is not checked: it has no testing/conformance.ts; `npx trousseau adapter check` checks it against a real ERP",
  () => {},
);

test("a product without a stand-in is told what to add", async () => {
  await expect(standInOf("no-such-product")).rejects.toThrow(
    /^adapters\/erp\/no-such-product has nothing .* add testing\/conformance\.ts/,
  );
});
