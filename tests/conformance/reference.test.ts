/** The reference adapter passes every check, and each check notices a mistake of its. */
import { expect, test } from "vitest";
import type { Check } from "../../adapters/conformance/check.ts";
import { allChecks } from "../../adapters/conformance/list.ts";
import { createReference, type Mistake } from "../../adapters/conformance/reference/index.ts";
import { mistakeFor } from "../../adapters/conformance/reference/mistakes.ts";
import { secret } from "../../adapters/conformance/reference/wire.ts";
import type { Report } from "../../adapters/conformance/report.ts";
import { runConformance } from "../../adapters/conformance/run.ts";
import { createSubject } from "../../adapters/conformance/subject.ts";

async function runOn(
  mistake: Mistake,
  checks: readonly Check[],
  options = { write: true },
): Promise<Report> {
  const subject = await createSubject({
    ...createReference(mistake),
    landlord: "reference",
    settings: { password: secret },
    limits: { concurrency: 3, deadlineMs: 1_000 },
    now: () => new Date(),
  });
  try {
    return await runConformance(checks, subject, options);
  } finally {
    await subject.close();
  }
}

test("the reference adapter passes all, and nothing is skipped", async () => {
  const { checks } = await runOn({}, allChecks);
  expect(checks.filter(({ finding }) => finding.status !== "pass")).toEqual([]);
  expect(checks.length).toBeGreaterThanOrEqual(120);
});

test("an ERP that cannot be asked what became of a change conforms, where it says so", async () => {
  const name = "professionalSituationChanges";
  const serves: Mistake["serves"] = (ports) =>
    ports.map((one) => {
      if (one.port.name !== name) return one;
      const lookUp = async () => ({ state: "UNKNOWABLE" });
      return {
        ...one,
        implementation: { ...(one.implementation as object), repeat: "NONE", lookUp },
      };
    });
  const own = allChecks.filter(({ id }) => id.startsWith(`changes.${name}/`));
  const { checks } = await runOn({ serves }, own);
  expect(checks.filter(({ finding }) => finding.status === "fail")).toEqual([]);
  expect(checks.find(({ id }) => id.endsWith("/second"))!.finding).toEqual({
    status: "skip",
    reason: "declared NONE: never sent twice",
  });
});

test("no two checks have the same id", () => {
  const ids = allChecks.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

test.concurrent.for(allChecks)("$id can fail", async (check, { expect }) => {
  const { checks } = await runOn(mistakeFor(check), [check]);
  expect(checks[0]!.finding).toMatchObject({ status: "fail" });
});
