import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { selfSigned } from "../../adapters/transport/fixtures/certificates.ts";
import { readDocument } from "./document.ts";
import { readErpTls } from "./erp-tls.ts";

const folder = mkdtempSync(join(tmpdir(), "landlords-"));
afterAll(() => rmSync(folder, { recursive: true }));

const identity = selfSigned("DNS:erp.example");
const read = (text?: string) => {
  if (text !== undefined) writeFileSync(join(folder, "ca.pem"), text);
  const name = text === undefined ? "none.pem" : "ca.pem";
  return readErpTls(readDocument(`erp:\n  tls: { ca: ${name} }\n`), folder);
};

test.skipIf(!identity)("F-06 the certificates come from a file beside the landlord's", () => {
  const two = `Our authority\n${identity!.cert}\n${identity!.cert}`;
  expect(read(two)).toEqual({
    ca: `${identity!.cert.trim()}\n${identity!.cert.trim()}`,
    problems: [],
  });
  expect(readErpTls(readDocument("erp:\n  product: pavois\n"), folder)).toEqual({
    ca: null,
    problems: [],
  });
});

test.each([
  ["a file that is not there", undefined, "found no file none.pem"],
  ["no certificate", "hello", "found something else in ca.pem"],
  [
    "a broken certificate",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "found something else in ca.pem",
  ],
  [
    "a private key",
    "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
    "found a private key in ca.pem",
  ],
])("%s is told with its field", (_what, text, expected) => {
  const { ca, problems } = read(text);
  expect(ca).toBeNull();
  expect(problems).toEqual([
    { path: ["erp", "tls", "ca"], expected: expect.stringContaining(expected) },
  ]);
});

test.each(["/dev/zero", "../ca.pem", "/etc/hostname", ".", "away.pem"])(
  "F-01 no file but one beside the landlord's is opened: %s",
  (name) => {
    const own = join(folder, "own");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(folder, "ca.pem"), "hello");
    if (name === "away.pem") symlinkSync(join(folder, "ca.pem"), join(own, name));
    const { ca, problems } = readErpTls(readDocument(`erp: { tls: { ca: ${name} } }\n`), own);
    expect(ca).toBeNull();
    expect(problems[0]?.expected).toContain(`found ${name}, which is not beside this file`);
  },
);

test("a folder, a device or a pipe is not read", () => {
  mkdirSync(join(folder, "pipe.pem"), { recursive: true });
  const { problems } = readErpTls(readDocument("erp: { tls: { ca: pipe.pem } }\n"), folder);
  expect(problems[0]?.expected).toContain("found something else in pipe.pem");
});
