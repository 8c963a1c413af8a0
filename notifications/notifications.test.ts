import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contracts } from "../adapters/ports/contract.ts";
import { PortError } from "../adapters/ports/errors.ts";
import type { Ports } from "../adapters/ports/port.ts";
import { serviceRequests, type ServiceRequest } from "../adapters/ports/requests.ts";
import { surveys, type Survey } from "../adapters/ports/surveys.ts";
import type { NewMail } from "../store/mails.ts";
import { openStore, type Store } from "../store/store.ts";
import { anAccount, day, hour, minute, testSecret } from "../store/testing/stores.ts";
import { exampleLandlord } from "../subgraphs/identity/fixtures/landlord.ts";
import { nameOfStep, stepsOf } from "../subgraphs/kernel/request-steps.ts";
import type { Notifier } from "./notifier.ts";
import { lookAtRequests } from "./request-progress.ts";
import { isDaytime, lookAtSurveys } from "./survey-reminders.ts";

const landlord = exampleLandlord();

let store: Store;
let time: number;
let notifier: Notifier;
let accountId: string;
/** What the ERP holds, and what it was asked. */
let own: string[];
let request: ServiceRequest | null;
let held: Survey[];
let down: boolean;
let asked: string[];
const logged: string[] = [];

const answering =
  <A>(name: string, answer: () => A) =>
  async (keys: readonly unknown[]): Promise<A[]> => {
    asked.push(name);
    if (down) throw new PortError("UNAVAILABLE", "as told");
    return keys.map(answer);
  };

beforeEach(async () => {
  // Eleven in the morning at the landlord's.
  time = Date.UTC(2026, 10, 20, 10);
  const now = () => new Date(time);
  store = await openStore({ url: "sqlite::memory:", secret: testSecret, now });
  ({ id: accountId } = await anAccount(store, landlord.id));
  [own, request, held, down, asked] = [["C1"], aRequest(), [], false, []];
  const implementations: Record<string, unknown> = {
    [contracts.name]: { ofPersons: answering("contracts", () => own.map((key) => ({ key }))) },
    [serviceRequests.name]: { byKeys: answering("requests", () => request) },
    [surveys.name]: { ofContracts: answering("surveys", () => held) },
  };
  const ports = {
    served: Object.keys(implementations),
    use: ({ name }: { name: string }) => implementations[name],
  } as unknown as Ports;
  const log = (level: string, message: string, details: object) =>
    void logged.push(JSON.stringify([level, message, details]));
  notifier = { store, landlord, ports, now, log };
});
afterEach(() => store.close());

const wait = (ms: number) => void (time += ms);

async function mailed(): Promise<NewMail[]> {
  const mails: NewMail[] = [];
  await store.mails.deliver(async (mail) => void mails.push(mail));
  return mails;
}

function aRequest(): ServiceRequest {
  return {
    key: "D1",
    contractKey: "C1",
    number: "D1",
    category: "TECHNICAL",
    place: "Cuisine",
    reason: "Fuite",
    description: "Canary: what the tenant wrote",
    status: "RECEIVED",
    createdAt: "2026-11-20T09:00:00Z",
    updates: [{ at: "2026-11-20T09:00:00Z", status: "RECEIVED", comment: null }],
  };
}

function moveOn(status: ServiceRequest["status"], comment: string | null = null): void {
  const before = request!;
  const at = new Date(time).toISOString();
  request = { ...before, status, updates: [...before.updates, { at, status, comment }] };
}

const follow = (steps: string[] = []) =>
  store.requestWatches.watch(landlord.id, [
    { accountId, contractKey: "C1", requestKey: "D1", steps, nextLookAt: new Date(time) },
  ]);

describe("of a request that is followed,", () => {
  test("each step is mailed once, in the account's language", async () => {
    await follow();
    await lookAtRequests(notifier);
    const [received] = await mailed();
    expect(received).toMatchObject({ to: "a@example.org" });
    expect(received?.subject).toContain("Votre demande n° D1 : reçue");
    moveOn("IN_PROGRESS");
    moveOn("SCHEDULED", "Passage jeudi");
    await lookAtRequests(notifier);
    expect(await mailed()).toEqual([]);
    wait(31 * minute);
    await lookAtRequests(notifier);
    const mails = await mailed();
    expect(mails.map(({ subject }) => subject.split(" – ")[0])).toEqual([
      "Votre demande n° D1 : en cours de traitement",
      "Votre demande n° D1 : intervention planifiée",
    ]);
    expect(mails[1]?.text).toContain("« Passage jeudi »");
    expect(mails[1]?.text).not.toContain("Canary");
    wait(13 * hour);
    await lookAtRequests(notifier);
    expect(await mailed()).toEqual([]);
  });

  test("what was seen already is not mailed", async () => {
    await follow(stepsOf(request!).map(nameOfStep));
    await lookAtRequests(notifier);
    expect(await mailed()).toEqual([]);
  });

  test("the last step is mailed, and the ERP is asked no more", async () => {
    await follow();
    moveOn("DONE");
    await lookAtRequests(notifier);
    expect(await mailed()).toHaveLength(2);
    asked = [];
    wait(30 * day);
    await lookAtRequests(notifier);
    expect(asked).toEqual([]);
  });

  test("nothing is told to whoever does not hold the contract any more", async () => {
    await follow();
    own = [];
    await lookAtRequests(notifier);
    expect(await mailed()).toEqual([]);
    own = ["C1"];
    wait(30 * day);
    await lookAtRequests(notifier);
    expect(await mailed()).toEqual([]);
  });

  test("little is asked where little happens", async () => {
    await follow();
    for (let i = 0; i < 7 * 24 * 12; i += 1) {
      await lookAtRequests(notifier);
      wait(5 * minute);
    }
    expect(asked.filter((name) => name === "requests").length).toBeLessThan(30);
  });

  test("what happened while the ERP was down is mailed later", async () => {
    await follow();
    down = true;
    await lookAtRequests(notifier);
    down = false;
    wait(31 * minute);
    await lookAtRequests(notifier);
    expect(await mailed()).toHaveLength(1);
    expect(logged.join()).not.toMatch(/a@example|Canary|D1/);
  });
});

const dueIn = (days: number) => new Date(time + days * day).toISOString().slice(0, 10);

function aSurvey(days: number, status: Survey["status"] = "OPEN"): Survey {
  const dueDate = dueIn(days);
  const more = { contractKey: "C1", year: 2026, householdStatus: null, members: [] };
  return { key: "Q1", kind: "SLS", dueDate, status, ...more };
}

/** Looks each hour for so many days; the days before it is due on which there was a mail. */
async function remindedWithin(days: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < days * 24; i += 1) {
    if (isDaytime(notifier)) await lookAtSurveys(notifier);
    const left = held.map(({ dueDate }) => Math.round((Date.parse(dueDate) - time) / day + 0.5));
    if ((await mailed()).length > 0) found.push(...left.slice(0, 1));
    wait(hour);
  }
  return found;
}

describe("of a survey without an answer,", () => {
  test("two reminders go out: fourteen and three days before it is due", async () => {
    held = [aSurvey(30)];
    expect(await remindedWithin(40)).toEqual([14, 3]);
  });

  test("only the last of those that were missed goes out", async () => {
    held = [aSurvey(6)];
    const found = await remindedWithin(10);
    expect(found).toHaveLength(2);
    expect(found.at(-1)).toBe(3);
  });

  test("the reminder says what is due until when", async () => {
    held = [aSurvey(10)];
    wait(day);
    await lookAtSurveys(notifier);
    wait(day);
    await lookAtSurveys(notifier);
    const [mail] = await mailed();
    expect(mail?.subject).toContain(
      "Enquête SLS 2026 : réponse attendue avant le 30 novembre 2026",
    );
  });

  test("the ERP is asked about once a week", async () => {
    await remindedWithin(28);
    expect(asked.filter((name) => name === "surveys").length).toBeLessThan(7);
  });

  test("nobody is reminded whose contract it is not, or whose answer is on its way", async () => {
    held = [aSurvey(30)];
    own = [];
    expect(await remindedWithin(35)).toEqual([]);
    [own, held] = [["C1"], [aSurvey(30)]];
    await store.changes.submit({
      landlord: landlord.id,
      accountId,
      personKey: "P1",
      contractKey: "C1",
      lane: "contract:C1",
      kind: "SURVEY",
      idempotencyKey: "key-0001",
      request: "{}",
      payload: "{}",
      effectiveBy: null,
    });
    expect(await remindedWithin(35)).toEqual([]);
  });
});

test.each(["INCOMPLETE", "VALIDATED", "CLOSED"] as const)(
  "of a survey that is %s nobody is reminded",
  async (status) => {
    held = [aSurvey(20, status)];
    expect(await remindedWithin(22)).toEqual([]);
  },
);
