/** What a run says, and how it is shown. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { fail, Missing, pass, type Check } from "../../adapters/conformance/check.ts";
import { Material } from "../../adapters/conformance/material.ts";
import { readMaterial } from "../../adapters/conformance/material-file.ts";
import { createReference } from "../../adapters/conformance/reference/index.ts";
import { secret } from "../../adapters/conformance/reference/wire.ts";
import { renderHtml } from "../../adapters/conformance/render/html.ts";
import { renderJson } from "../../adapters/conformance/render/json.ts";
import { renderJunit } from "../../adapters/conformance/render/junit.ts";
import { renderText } from "../../adapters/conformance/render/text.ts";
import { conforms, countsOf, type Report } from "../../adapters/conformance/report.ts";
import { runConformance, type RunOptions } from "../../adapters/conformance/run.ts";
import { notYet } from "../../adapters/ports/port.ts";
import { balances } from "../../adapters/ports/billing.ts";
import { createSubject } from "../../adapters/conformance/subject.ts";

const check = (id: string, run: Check["run"], more: Partial<Check> = {}): Check => ({
  id,
  level: "MUST",
  ports: [],
  title: `${id} holds`,
  hint: 'look <there> & "here"',
  kind: "reads",
  run,
  ...more,
});

const failing = async () => fail("<b>this</b>", "that \u0001 & that");
const checks: readonly Check[] = [
  check("a/passes", async () => pass),
  check("a/fails", failing),
  check("a/warns", failing, { level: "SHOULD" }),
  check("b/lacks", async () => {
    throw new Missing("persons: one more");
  }),
  check("b/throws", async () => {
    throw new Error("Élodie lives here");
  }),
  check("b/absent", async () => pass, { ports: ["noSuchPort"] }),
  check("c/writes", async () => pass, { kind: "writes" }),
  check("c/wire", async () => pass, { kind: "wire" }),
];

async function run(options: RunOptions, lever = true, list = checks): Promise<Report> {
  const reference = createReference({
    serves: (ports) => [
      ...ports.filter(({ port }) => port.name !== "balances"),
      notYet(balances, "adapters/erp/reference/billing.ts"),
    ],
  });
  const subject = await createSubject({
    ...reference,
    lever: lever ? reference.lever : null,
    landlord: "reference",
    settings: { password: secret },
    limits: { concurrency: 3, deadlineMs: 1_000 },
    now: () => new Date(),
  });
  return runConformance(list, subject, options);
}

const told = (report: Report) =>
  Object.fromEntries(
    report.checks.map(({ id, finding }) => [
      id,
      finding.status === "skip" ? finding.reason : finding.status,
    ]),
  );

describe("a run", () => {
  test("tells of each check what came, and of each skip the reason", async () => {
    expect(told(await run({ write: false }, false))).toEqual({
      "a/passes": "pass",
      "a/fails": "fail",
      "a/warns": "fail",
      "b/lacks": "persons: one more",
      "b/throws": "fail",
      "b/absent": "reference does not serve noSuchPort",
      "c/writes": "nothing may be written in this run",
      "c/wire": "nobody can have this ERP misbehave",
    });
  });

  test("says of a port that is still to be written where that is", async () => {
    const list = [check("b/unwritten", async () => pass, { ports: ["balances"] })];
    expect(told(await run({ write: false }, true, list))).toEqual({
      "b/unwritten": "not written yet: see adapters/erp/reference/billing.ts",
    });
  });

  test("writes where it may, and has the ERP misbehave where it can", async () => {
    expect(told(await run({ write: true }))).toMatchObject({
      "c/writes": "pass",
      "c/wire": "pass",
    });
  });

  test("can be of some checks only", async () => {
    const { checks: some } = await run({ write: true, only: ["a/", "c/wire"] });
    expect(some.map(({ id }) => id)).toEqual(["a/passes", "a/fails", "a/warns", "c/wire"]);
  });

  test("counts a SHOULD apart, and repeats nothing of an unknown error", async () => {
    const report = await run({ write: true });
    expect(countsOf(report)).toEqual({ passed: 3, failed: 2, warned: 1, skipped: 2 });
    expect(conforms(report)).toBe(false);
    expect(JSON.stringify(report)).not.toContain("Élodie");
  });

  test("of nothing does not conform", async () => {
    expect(conforms(await run({ write: true, only: ["nothing"] }))).toBe(false);
    expect(conforms(await run({ write: true, only: ["a/passes", "a/warns"] }))).toBe(true);
  });
});

describe("a report", () => {
  test("as text ends with the counts, and groups skips by reason", async () => {
    const text = renderText(await run({ write: true }));
    expect(text).toContain("FAILED a/fails\n  a/fails holds\n  expected  <b>this</b>\n");
    expect(text).toContain("  persons: one more\n    b/lacks\n");
    expect(text).toMatch(
      /\nreference does not conform: 3 passed, 2 failed, 1 should be better, 2 skipped\n$/,
    );
  });

  test("as JSON holds all of it", async () => {
    const report = await run({ write: true });
    const read = JSON.parse(renderJson(report)) as object;
    expect(read).toEqual({ ...report, counts: countsOf(report), conforms: false });
  });

  test("as JUnit is well-formed, whatever stands in it", async () => {
    const xml = renderJunit(await run({ write: true }));
    const { valid, errors } = await validateXML({
      xml: [{ fileName: "report.xml", contents: xml }],
      schema: anything,
    });
    expect([valid, errors]).toEqual([true, []]);
    expect(xml).toContain('tests="8" failures="2" errors="0" skipped="2"');
    expect(xml.match(/<failure type="MUST"/g)).toHaveLength(2);
    expect(xml).toContain("<system-out>a/warns holds");
  });

  test("as a page needs nothing else, and lets no markup through", async () => {
    const page = renderHtml(await run({ write: true }));
    expect(page).not.toMatch(/<script|\bsrc=|\bhref=|url\(|@import/i);
    expect(page).not.toContain("<b>this");
    expect(page).toContain("Expected: &lt;b&gt;this&lt;/b&gt;<br>Came: that ? &amp; that");
    expect(page).toContain("It does not conform: 3 passed, 2 failed");
  });
});

const anything = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="testsuites"><xs:complexType mixed="true"><xs:sequence>
<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`;

describe("material that was written down", () => {
  test("may be a part of the example, whose keys and days stay as they are written", () => {
    const example = readFileSync(
      new URL("../../adapters/conformance/material.example.yaml", import.meta.url),
      "utf8",
    );
    const whole = readMaterial(example);
    expect(Object.keys(whole).toSorted()).toEqual(Object.keys(Material.shape).toSorted());
    expect(readMaterial("persons: [0012, 1e3]")).toEqual({ persons: ["0012", "1e3"] });
    expect(whole.writing!.debitDays).toEqual([5, 10, 15]);
  });

  test.each([
    ["people: []", "people"],
    ["balances: [{ contract: L/1, owed: '12,5' }]", "an amount like -12.50"],
    ["ended: [{ person: T1, contract: L/1, endDate: 31/12/2025 }]", "endDate"],
    ["persons: [", "not YAML"],
  ])("%s is refused with its fault", (text, told) => {
    expect(() => readMaterial(text)).toThrow(told);
  });
});
