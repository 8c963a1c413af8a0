import { expect, test } from "vitest";
import { exif, jpeg, pdf } from "../testing/files.ts";
import { lookInside } from "./look.ts";

test("a look aside finds what a look finds, and leaves the file as it is", async () => {
  const told = jpeg({ segments: [exif(1)] });
  const before = Buffer.from(told);
  expect(await lookInside(told, "image/jpeg")).toEqual(jpeg());
  expect(told).toEqual(before);
  await expect(lookInside(told, "image/png")).rejects.toMatchObject({ code: "TYPE_DIFFERS" });
});

test("a look that does not end is given up", async () => {
  await expect(lookInside(pdf(), "application/pdf", 0)).rejects.toMatchObject({ code: "DAMAGED" });
});
