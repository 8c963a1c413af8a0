/** What the judge of an ordeal finds, and that nothing escapes it. */
import { describe, expect, it } from "vitest";
import type { AppliedWrite } from "../../mocks/kit/writes.ts";
import type { Asked, Status } from "./asked.ts";
import { failed, judge } from "./judge.ts";
import { holds, markOf } from "./marks.ts";

let order = 0;
const write = (word: string, more: Partial<AppliedWrite> = {}): AppliedWrite => ({
  order: (order += 1),
  kind: "occupantChanges",
  contract: "C1",
  person: "P1",
  reference: null,
  content: { action: "ADD", surname: word.toUpperCase() },
  at: "2026-11-21T10:00:00.000Z",
  ...more,
});

let sequence = 0;
const ask = (word: string, more: Partial<Asked> = {}): Asked => ({
  landlord: "cedre",
  port: "occupantChanges",
  about: "C1",
  marks: [holds(word)],
  sequence: (sequence += 1),
  ordered: true,
  receipts: new Set([word]),
  ...more,
});

const verdictOf = (
  asked: readonly Asked[],
  told: Readonly<Record<string, Status>>,
  writes: readonly AppliedWrite[],
) => judge(asked, new Map(Object.entries(told)), new Map([["cedre", writes]]));

const clean = { lost: 0, doubled: 0, outOfOrder: 0, untrue: 0 };

describe("the judge of an ordeal", () => {
  it("is content with what was acknowledged, and applied once and in order", () => {
    const asked = [ask("one"), ask("two"), ask("three", { receipts: new Set() })];
    const told = { one: "APPLIED", two: "APPLIED" } as const;
    const verdict = verdictOf(asked, told, [write("one"), write("two")]);
    expect(verdict.total).toMatchObject({ ...clean, asked: 3, acknowledged: 2, applied: 2 });
    expect(failed(verdict)).toBe(false);
  });

  it("wants no record of what may have been so already", () => {
    const asked = [ask("stop", { mayHoldAlready: true, receipts: new Set(["one", "two"]) })];
    const told = { one: "APPLIED", two: "APPLIED" } as const;
    expect(failed(verdictOf(asked, told, []))).toBe(false);
    expect(verdictOf(asked, told, [write("stop"), write("stop")]).total).toMatchObject({
      doubled: 1,
    });
  });

  it("says whose it is that went wrong", () => {
    const { notes } = verdictOf([ask("one")], { one: "APPLIED" }, []);
    expect(notes).toEqual([
      expect.stringMatching(/cedre occupantChanges C1 .*: 0 at the ERP; one APPLIED/),
    ]);
  });

  it.each<[string, Status | null, number, object]>([
    ["applied by its own word, and not there", "APPLIED", 0, { lost: 1 }],
    ["acknowledged, and nowhere to be seen", null, 0, { lost: 1 }],
    ["there twice", "APPLIED", 2, { doubled: 1 }],
    ["refused, and there", "REJECTED", 1, { untrue: 1 }],
    ["not sent yet, and there", "ACCEPTED", 1, { untrue: 1 }],
    ["not known, and there twice", "UNKNOWN", 2, { doubled: 1 }],
  ])("finds what is %s", (_what, status, times, found) => {
    const told = status ? { one: status } : ({} as Record<string, Status>);
    const writes = Array.from({ length: times }, () => write("one"));
    const verdict = verdictOf([ask("one")], told, writes);
    expect(verdict.total).toMatchObject({ ...clean, ...found });
    expect(failed(verdict)).toBe(true);
  });

  it.each<[Status, number]>([
    ["REJECTED", 0],
    ["ACCEPTED", 0],
    ["UNKNOWN", 0],
    ["UNKNOWN", 1],
    ["NEEDS_ATTENTION", 1],
  ])("lets %s stand where it is there %d times", (status, times) => {
    const writes = Array.from({ length: times }, () => write("one"));
    expect(failed(verdictOf([ask("one")], { one: status }, writes))).toBe(false);
  });

  it("finds what nobody acknowledged twice, and lets it be there once", () => {
    const asked = [ask("one", { receipts: new Set() })];
    expect(failed(verdictOf(asked, {}, [write("one")]))).toBe(false);
    const verdict = verdictOf(asked, {}, [write("one"), write("one")]);
    expect(verdict.total).toMatchObject({ ...clean, doubled: 1 });
  });

  it("finds what one request made several changes of", () => {
    const asked = [ask("one", { receipts: new Set(["a", "b"]) })];
    const told = { a: "APPLIED", b: "APPLIED" } as const;
    const verdict = verdictOf(asked, told, [write("one"), write("one")]);
    expect(verdict.total).toMatchObject({ ...clean, doubled: 1 });
  });

  it("finds what came before what was asked for earlier, for the same contract only", () => {
    const asked = [ask("one"), ask("two"), ask("other", { about: "C2" })];
    const told = { one: "APPLIED", two: "APPLIED", other: "APPLIED" } as const;
    const writes = [write("other", { contract: "C2" }), write("two"), write("one")];
    expect(verdictOf(asked, told, writes).total).toMatchObject({ ...clean, outOfOrder: 1 });
  });

  it("counts together what leaves the same record", () => {
    const stop = { marks: [/"STOP"/] };
    const asked = [ask("a", stop), ask("b", stop)];
    const told = { a: "APPLIED", b: "REJECTED" } as const;
    const ends = (times: number) =>
      Array.from({ length: times }, () => write("", { content: { action: "STOP" } }));
    expect(failed(verdictOf(asked, told, ends(1)))).toBe(false);
    expect(verdictOf(asked, told, ends(0)).total).toMatchObject({ ...clean, lost: 1 });
    expect(verdictOf(asked, told, ends(2)).total).toMatchObject({ ...clean, untrue: 1 });
    expect(verdictOf(asked, told, ends(3)).total).toMatchObject({ doubled: 1 });
  });

  it("finds what nobody asked for, and what arrived with another content", () => {
    const verdict = verdictOf([ask("one")], { one: "APPLIED" }, [write("on")]);
    expect(verdict.strange).toHaveLength(1);
    expect(verdict.total.lost).toBe(1);
    const elsewhere = verdictOf([ask("one")], { one: "APPLIED" }, [
      write("one", { contract: "C2" }),
    ]);
    expect(elsewhere.strange).toHaveLength(1);
    expect(failed(elsewhere)).toBe(true);
  });
});

describe("marks", () => {
  it("are each unlike any other", () => {
    const words = Array.from({ length: 5_000 }, (_, number) => markOf(number).word);
    expect(new Set(words).size).toBe(words.length);
    for (const word of words.slice(0, 100)) {
      expect(words.filter((other) => other.includes(word))).toEqual([word]);
      expect(word).toMatch(/^[A-Za-z]{8}$/);
    }
  });
});
