/** The gateway by the audit of the GraphQL-over-HTTP specification that graphql-http ships. */
import { auditServer, type AuditResult } from "graphql-http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../../mocks/demo/start.ts";
import { startTestDemo } from "../support/demo.ts";

let demo: Demo;
let results: AuditResult[];
beforeAll(async () => {
  demo = await startTestDemo();
  const fetchFn = (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set("x-landlord", "chartres");
    return fetch(url, { ...init, headers });
  };
  results = await auditServer({ url: `${demo.url}/graphql`, fetchFn });
});
afterAll(() => demo?.stop());

const count = (level: string) => {
  const all = results.filter(({ name }) => name.startsWith(`${level} `));
  const ok = all.filter(({ status }) => status === "ok");
  return `${ok.length}/${all.length}`;
};

test("C-14 of the audit of GraphQL over HTTP every MUST holds", () => {
  const failed = results.filter(({ status }) => status === "error");
  expect(failed.map(({ name }) => name)).toEqual([]);
  expect(count("MUST")).toBe("13/13");
});

test("C-14 of its SHOULD and MAY as many hold as for Apollo Server by itself", () => {
  expect([count("SHOULD"), count("MAY")]).toEqual(["20/23", "22/25"]);
});
