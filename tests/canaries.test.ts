/** Whatever is asked, and however it fails: nothing personal in log, errors, traces and metrics. */
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { trace } from "@opentelemetry/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { readOperations } from "../gateway/operations.ts";
import { operation, type Answer, type Client } from "./support/client.ts";
import { canariesOf, type Canaries } from "./support/canaries.ts";
import { door, frontOf, signedInAs, startTestDemo } from "./support/demo.ts";
import { fillVariables, type Filler } from "./support/fill-variables.ts";
import { api } from "./support/schema.ts";

/** What is typed: found nowhere else. */
const typed = {
  String: "Zéphirine Canaribelle-Serinoux",
  Date: "1961-07-23",
  PhoneNumber: "+33612344471",
  ID: "Q2FuYXJpLWplLXN1aXMtdW4taWRlbnRpZmlhbnQtNDQ3MQ",
  email: "canari.serin@example.org",
  iban: "FR7630006000011234567890189",
  password: "Canari-Serin+4471",
  token: "Q2FuYXJpLWplLXN1aXMtdW4tamV0b24tc2VyaW4tNDQ3MQ",
};

const lines: string[] = [];
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

let demo: Demo;
let canaries: Canaries;
beforeAll(async () => {
  trace.setGlobalTracerProvider(provider);
  demo = await startTestDemo({
    environment: { TROUSSEAU_LOG_LEVEL: "debug" },
    logTo: { write: (line: string) => void lines.push(line) },
  });
  canaries = canariesOf(demo.mocks.erps, Object.values(typed));
});
afterAll(async () => {
  trace.disable();
  await provider.shutdown();
  await demo?.stop();
});

/** After these nobody is signed in any more, or there is nobody left. */
const last = new Set(["F06-sign-out", "B10-erase-account", "F06-refresh-session"]);
const operations = readOperations(new URL("../schema/", import.meta.url)).filter(
  ({ name }) => !last.has(name),
);

const fillerWith =
  (ids: Readonly<Record<string, string>>): Filler =>
  (type, name) => {
    if (type === "ID") return ids[name] ?? typed.ID;
    const byName = Object.entries(typed).find(([what]) => name.toLowerCase().includes(what));
    if (type === "String" && byName) return byName[1];
    return typed[type as keyof typeof typed] ?? typed.String;
  };

/** Every saved operation, filled with what was typed, or with ids of the person's own. */
async function askEverything(front: Client, filler: Filler): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { text } of operations) {
    answers.push(await front(text, fillVariables(api, text, filler)));
  }
  return answers;
}

const errorsOf = (answers: readonly Answer[]) =>
  answers.map(({ errors }) => JSON.stringify(errors ?? [])).join("\n");

async function sinks(): Promise<Record<string, string>> {
  await provider.forceFlush();
  const spans = exporter.getFinishedSpans().map(({ name, attributes, events, status }) => ({
    name,
    attributes,
    events,
    status,
  }));
  const metrics = await (await fetch(demo.gateway.metricsUrl!)).text();
  return { log: lines.join("\n"), traces: JSON.stringify(spans), metrics };
}

test("K-01 a hundred thousand canaries: every operation, in good and bad conditions, and none in any sink", async () => {
  expect(canaries.planted).toBeGreaterThan(100_000);
  const errors: string[] = [];
  let shown = "";
  for (const landlord of ["la-rochelle", "chartres"]) {
    const front = await signedInAs(demo, landlord, "everything");
    const { data } = await front(operation("F13-contracts"));
    const own = fillerWith({ id: data.viewer.contracts.nodes[0].id });
    if (landlord === "la-rochelle") {
      const good = await askEverything(front, own);
      shown = JSON.stringify(good.map((answer) => answer.data));
      errors.push(errorsOf(good));
    } else errors.push(errorsOf(await askEverything(frontOf(demo, landlord), fillerWith({}))));
    await door(demo, landlord).fault({ kind: landlord === "la-rochelle" ? "fault" : "garbage" });
    errors.push(errorsOf(await askEverything(front, own)));
    await door(demo, landlord).calm();
  }
  // The search finds what is there: people see their own data in the answers.
  expect(canaries.foundIn(shown).length).toBeGreaterThan(5);
  const written = await sinks();
  expect(written["log"]!.length).toBeGreaterThan(50_000);
  expect(written["traces"]!.length).toBeGreaterThan(10_000);
  expect(written["metrics"]).toContain("trousseau_erp_calls_total");
  for (const [sink, text] of Object.entries({ ...written, errors: errors.join("\n") })) {
    expect([sink, canaries.foundIn(text)]).toEqual([sink, []]);
  }
}, 90_000);

test("K-01 a value that does not fit its type is the client's fault, told without the value, and no defect", async () => {
  const front = await signedInAs(demo, "la-rochelle", "everything");
  const text = operation("F16-change-billing-address");
  const from = lines.length;
  const { errors } = await front(text, fillVariables(api, text, fillerWith({})));
  expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["INVALID_INPUT"]);
  expect(errors![0]!.message).toContain("countryCode");
  expect(canaries.foundIn(JSON.stringify(errors))).toEqual([]);
  const written = lines.slice(from).map((line) => JSON.parse(line) as { level: number });
  expect(written.filter(({ level }) => level >= 50)).toEqual([]);
});
