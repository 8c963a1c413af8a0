import { expect, test } from "vitest";
import { phoneOf } from "./phone.ts";

test.each([
  ["05 46 00 49 94", "+33546004994"],
  ["0546004994", "+33546004994"],
  ["05.46.00.49.94", "+33546004994"],
  ["+33 5 46 00 49 94", "+33546004994"],
  ["+32 2 555 12 12", "+3225551212"],
  ["demander Mme Hénaff", null],
  ["00", null],
  ["", null],
  [null, null],
])("the telephone number %j is %s", (written, number) => {
  expect(phoneOf(written)).toBe(number);
});
