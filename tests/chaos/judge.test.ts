/** What the judge of chaos finds, and that nothing escapes it. */
import { describe, expect, it } from "vitest";
import { judge, type Promises } from "./judge.ts";
import { failed } from "./report.ts";
import type { Phase, Visit } from "./visit.ts";
import type { Outcome, Sample } from "./visitors.ts";

const promises: Promises = {
  others: { ratio: 1.2, ms: 5 },
  sickMs: 2_000,
  leastSamples: 100,
  calls: { ratio: 1.2, more: 0 },
};

const landlords = ["cedre", "erable", "frene"];

const samplesOf = (landlord: string, outcome: Outcome, times: readonly number[]): Sample[] =>
  times.map((ms, at) => ({ landlord, at, ms, outcome }));

/** 101 to 200 ms, of which the p99 is 199. */
const usual = Array.from({ length: 100 }, (_, i) => 101 + i);

function phaseOf(
  of: Partial<Record<string, Sample[]>> = {},
  asked: Record<string, { total: number; mostAtOnce: number }> = {},
): Phase {
  const samples = landlords.flatMap(
    (landlord) => of[landlord] ?? samplesOf(landlord, "LIVE", usual),
  );
  const calm = Object.fromEntries(landlords.map((one) => [one, { total: 100, mostAtOnce: 2 }]));
  return { samples, asked: { ...calm, ...asked } };
}

const stale = samplesOf("cedre", "KEPT", usual);

const visitOf = (more: Partial<Visit> = {}): Visit => ({
  trouble: "hanging",
  landlord: "cedre",
  concurrency: 2,
  before: phaseOf(),
  during: phaseOf({ cedre: stale }),
  backAfterMs: 100,
  meanwhile: [],
  after: phaseOf(),
  ...more,
});

const duringWith = (of: Partial<Record<string, Sample[]>>): Partial<Visit> => ({
  during: phaseOf({ cedre: stale, ...of }),
});

describe("the judge of chaos", () => {
  it("finds nothing where only the sick landlord's people notice anything", () => {
    const verdict = judge([visitOf()], promises);
    expect(verdict).toMatchObject({ broken: [], unclear: [], noise: 1 });
    expect(failed(verdict)).toBe(false);
    expect(verdict.troubles[0]).toMatchObject({
      others: { samples: 200, errors: 0, calmP99: 199, troubledP99: 199, verdict: "HOLDS" },
      sick: { outcomes: { LIVE: 0, KEPT: 100, TOLD: 0, WRONG: 0 }, callsRatio: 1 },
    });
  });

  it.each<[string, Partial<Visit>, RegExp]>([
    [
      "I-03 an error for one of the others",
      duringWith({ erable: samplesOf("erable", "KEPT", usual) }),
      /^hanging, cedre: 100 answers to the others/,
    ],
    [
      "I-03 an error for one of the others, once the ERP is well again",
      { meanwhile: samplesOf("erable", "TOLD", [9]) },
      /1 answers to the others/,
    ],
    [
      "something unheard-of for the sick landlord's people",
      { during: phaseOf({ cedre: samplesOf("cedre", "WRONG", [9]) }) },
      /1 answers to the sick landlord's people/,
    ],
    [
      "I-02 people who wait for longer than the deadline",
      { during: phaseOf({ cedre: samplesOf("cedre", "TOLD", [2_500]) }) },
      /hanging: the sick landlord's people waited for 2500 ms/,
    ],
    [
      "I-05 an ERP that is called more often than in calm",
      { during: phaseOf({ cedre: stale }, { cedre: { total: 121, mostAtOnce: 2 } }) },
      /called 121 times, 100 in calm/,
    ],
    [
      "an ERP that is called too often at once",
      { during: phaseOf({ cedre: stale }, { cedre: { total: 100, mostAtOnce: 3 } }) },
      /called 3 times at once, it bears 2/,
    ],
    ["an ERP that is left alone for too long", { backAfterMs: null }, /not served again in time/],
    ["an ERP that was never in trouble", { during: phaseOf() }, /not in trouble at all/],
    [
      "errors in calm",
      { after: phaseOf({ frene: samplesOf("frene", "TOLD", [9]) }) },
      /served badly in calm/,
    ],
  ])("finds %s", (_what, more, found) => {
    const verdict = judge([visitOf(more)], promises);
    expect(verdict.broken).toEqual([expect.stringMatching(found)]);
    expect(failed(verdict)).toBe(true);
  });

  it("I-03 finds that the others became slower, though each of them does only now and then", () => {
    const slower = usual.map((ms) => (ms > 195 ? 400 : ms));
    const visits = landlords.map((landlord) =>
      visitOf({
        landlord,
        during: phaseOf({
          ...Object.fromEntries(landlords.map((one) => [one, samplesOf(one, "LIVE", slower)])),
          [landlord]: samplesOf(landlord, "KEPT", usual),
        }),
      }),
    );
    const { broken } = judge(visits, promises);
    expect(broken[0]).toBe("hanging: the others' p99 was 400 ms, 199 in calm");
    expect(broken).toHaveLength(1 + landlords.length);
  });

  it("says that it cannot tell, and fails, where one slow moment explains all of it", () => {
    const slow = { during: phaseOf({ cedre: stale, erable: samplesOf("erable", "LIVE", [900]) }) };
    const moment = {
      during: phaseOf({
        cedre: stale,
        erable: samplesOf(
          "erable",
          "LIVE",
          usual.map(() => 900),
        ),
      }),
    };
    const quiet = Array.from({ length: 9 }, () => visitOf());
    expect(judge([...quiet, visitOf(slow)], promises)).toMatchObject({ broken: [], unclear: [] });
    const verdict = judge([...quiet, visitOf(moment)], promises);
    expect(verdict.broken).toEqual([]);
    expect(verdict.unclear[0]).toBe("hanging: the others' p99 was 900 ms, 199 in calm");
    expect(failed(verdict)).toBe(true);
  });

  it("tells what each landlord's people saw before, during and after their own ERP's trouble", () => {
    const after = phaseOf({ cedre: samplesOf("cedre", "LIVE", [7]) });
    const [line] = judge([visitOf({ after })], promises).landlords;
    expect(line).toMatchObject({
      landlord: "cedre",
      own: {
        before: { errors: 0, p50: 150, p99: 199 },
        during: { errors: 100, p50: 150, p99: 199 },
        after: { errors: 0, p50: 7, p99: 7 },
      },
    });
  });

  it("finds that there were too few requests to say anything", () => {
    const { broken } = judge([visitOf()], { ...promises, leastSamples: 201 });
    expect(broken).toEqual(["hanging: 200 requests of the others are too few to speak of a p99"]);
  });
});
