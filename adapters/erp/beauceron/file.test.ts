import { describe, expect, test } from "vitest";
import { fileNameOf } from "./file.ts";

describe("the name of a file", () => {
  test.each([
    [`attachment; filename="a.pdf"; filename*=UTF-8''Re%C3%A7u%20ao%C3%BBt.pdf`, "Reçu août.pdf"],
    [`attachment; filename="Avis d\\"octobre.pdf"`, 'Avis d"octobre.pdf'],
    [`attachment; filename="../../etc/passwd"`, "passwd.pdf"],
    [`attachment; filename="C:\\\\temp\\\\avis.PDF"`, "avis.pdf"],
    [`attachment; filename*=UTF-8''..%2F..%2F%E2%80%AEfdp.exe`, "-fdp.exe.pdf"],
    [`attachment; filename*=UTF-8''%E9; filename="ok.pdf"`, "ok.pdf"],
    [`attachment; filename="..pdf"`, "AE-1-1.pdf"],
    [`attachment; filename="${"x".repeat(400)}.pdf"`, `${"x".repeat(150)}.pdf`],
    [`attachment; filename*=UTF-8''${"x".repeat(149)}%F0%9F%8F%A0`, `${"x".repeat(149)}-.pdf`],
    ["attachment", "AE-1-1.pdf"],
  ])("of %.70s is %.40s", (disposition, name) => {
    expect(fileNameOf({ "content-disposition": disposition }, "AE-1-1")).toBe(name);
  });

  test("without a header is the key", () => {
    expect(fileNameOf({}, "AE-1-1")).toBe("AE-1-1.pdf");
  });
});
