import { expect, it } from "vitest";
import { amount, compact, dotted, el, falseZulu, slashed } from "./format.ts";

it("writes amounts with a comma and both places, and zero with a minus if it had one", () => {
  expect([61_068, 5, -8_901_00, 99_999_999_999, 0, -0].map(amount)).toEqual([
    "610,68",
    "0,05",
    "-8901,00",
    "999999999,99",
    "0,00",
    "-0,00",
  ]);
});

it("writes a day in three ways", () => {
  expect([slashed, dotted, compact].map((write) => write("2019-06-10"))).toEqual([
    "10/06/2019",
    "10.06.2019",
    "20190610",
  ]);
});

it("writes the time of Paris with a Z", () => {
  expect([falseZulu("2026-07-01T10:00:00Z"), falseZulu("2026-11-20T23:30:00Z")]).toEqual([
    "2026-07-01T12:00:00Z",
    "2026-11-21T00:30:00Z",
  ]);
});

it("escapes what it writes, and leaves an element empty where there is nothing", () => {
  expect([el("a", "<b> & c"), el("a", null), el("a", "")]).toEqual([
    "<a>&lt;b&gt; &amp; c</a>",
    "<a/>",
    "<a/>",
  ]);
});
