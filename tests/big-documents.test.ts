import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { linkToNotice } from "./bench/link.ts";
import { startTestDemo } from "./support/demo.ts";

const bytes = 6_000_000;

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
  for (const { doorUrl } of demo.mocks.erps) {
    const body = JSON.stringify({ bytes });
    expect((await fetch(`${doorUrl}/documents`, { method: "PUT", body })).status).toBe(200);
  }
});
afterAll(() => demo?.stop());

test.each(["la-rochelle", "ivry", "aubervilliers", "chartres", "immo-paris"])(
  "F35 at %s: a file of 6 MB, more than any other answer may be, comes whole",
  async (landlord) => {
    const accounts = demo.accounts.filter((account) => account.landlord === landlord);
    const link = await linkToNotice(demo.url, accounts);
    const answer = await fetch(await link());
    expect(answer.status).toBe(200);
    const file = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    expect(file.length).toBeGreaterThanOrEqual(bytes);
    expect(Number(answer.headers.get("content-length"))).toBe(file.length);
    expect(file.startsWith("%PDF-")).toBe(true);
    expect(file.trimEnd().endsWith("%%EOF")).toBe(true);
  },
);
