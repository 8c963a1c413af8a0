import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { oddities } from "../mocks/world/oddities.ts";
import type { WorldPerson } from "../mocks/world/types.ts";
import { client, operation, type Answer, type Client } from "../tests/support/client.ts";
import { door, erpOf, frontOf, startTestDemo } from "../tests/support/demo.ts";
import { keepingNothing, landlordsWith, neverOpening } from "../tests/support/landlords.ts";
import { linkIn, mailTo, pressButton } from "../tests/support/mails.ts";
import { createLog } from "./log.ts";

const lines: string[] = [];
let demo: Demo;
beforeAll(async () => {
  // The ERP's errors are to be seen: nothing stands in for its answers.
  const folder = await landlordsWith({ breaker: neverOpening, keep: keepingNothing });
  demo = await startTestDemo({
    environment: { TROUSSEAU_LOG_LEVEL: "debug", TROUSSEAU_LANDLORDS: folder },
    logTo: { write: (line: string) => void lines.push(line) },
  });
});
afterAll(() => demo?.stop());
beforeEach(() => {
  lines.length = 0;
});

/** Words that are found nowhere else, as a person might type them. */
const canary = {
  surname: "Canarivoisin",
  givenName: "Zéphirineau",
  email: "canari.perche@example.org",
  password: "Canari-Serin+4471",
  reference: "7193358",
  chartresReference: "719335846",
  birthDate: "1961-07-23",
  iban: "FR7630006000011234567890189",
  token: "Q2FuYXJpLWplLXN1aXMtdW4tamV0b24",
};
const typed = Object.values(canary);

/** What an ERP's own faults let slip: paths, statements, an IBAN. */
const leaks = [
  "SQLPAV01",
  "SELECT",
  "dbo.",
  "FR76",
  "Service.cs",
  "JdbcDao",
  "PSQL",
  "bcn_",
  "t_locataire",
];

const errorsOf = (answers: Answer[]) =>
  answers.map(({ data, errors }) => {
    const payloads = Object.values((data ?? {}) as Record<string, { userErrors?: object } | null>);
    return JSON.stringify([errors, payloads.map((payload) => payload?.userErrors)]);
  });

function expectUntold(words: readonly string[], answers: Answer[] = []): void {
  const said = [...lines, ...errorsOf(answers)].join("\n").toLowerCase();
  expect(words.filter((word) => said.includes(word.toLowerCase()))).toEqual([]);
}

const landlords = ["la-rochelle", "chartres"];
const accountAt = (landlord: string) =>
  demo.accounts.find((one) => one.landlord === landlord && one.oddity === oddities.everything)!;

/** What the ERP knows of the person who has everything, and what the person sees. */
async function personalOf(landlord: string): Promise<string[]> {
  const { key, contracts } = await door(demo, landlord).person("everything");
  const state = await fetch(`${erpOf(demo, landlord).doorUrl}/state/people/${key}`);
  const { surname, email, birthDate, phone, address } = (await state.json()) as WorldPerson;
  const held = await Promise.all(contracts.map((one) => door(demo, landlord).contract(one)));
  const policies = held.flatMap(({ insurance }) => (insurance ? [insurance.policyNumber] : []));
  const known = [surname, email, birthDate, phone, ...address.lines, ...contracts, ...policies];
  return [...known.filter((word) => word !== null), accountAt(landlord).password];
}

const signIn = (front: Client, email: string, password: string) =>
  front(operation("F06-sign-in"), { email, password });

/** What the ERPs are asked of one contract, or a few: its number is in the question. */
const ofOneContract: Record<string, string[]> = {
  "la-rochelle": ["LireSoldes", "ListerEcritures", "ListerAvisEcheance", "LireAssurances"],
  chartres: ["soldes", "ecritures", "avisDuContrat", "assurances"],
};

describe.each(landlords)("at %s the log and the errors tell nothing personal", (landlord) => {
  test("of a sign-in, a home page, files' links, and a sign-out", async () => {
    const { email, password } = accountAt(landlord);
    const front = frontOf(demo, landlord);
    const { session } = (await signIn(front, email, password)).data.signIn;
    const signedIn = front.as(session.accessToken);
    const home = await signedIn(operation("F12-home"));
    expect(home.data.viewer.contracts.nodes.length).toBeGreaterThan(0);
    const { data } = await signedIn(
      "{ viewer { contracts { nodes { id rentNotices(first: 1) { nodes { download { url } } } } } } }",
    );
    const [contract] = data.viewer.contracts.nodes;
    const { url } = contract.rentNotices.nodes[0].download;
    expect((await fetch(url)).status).toBe(200);
    await signedIn(operation("F06-sign-out"));
    expect((await fetch(url)).status).toBe(404);

    expect(lines.length).toBeGreaterThanOrEqual(5);
    const { accessToken, refreshToken } = session;
    const sealed = [contract.id, new URL(url).pathname];
    expectUntold([...(await personalOf(landlord)), accessToken, refreshToken, ...sealed]);
  });

  test("of sign-ins and forms that are refused", async () => {
    const front = frontOf(demo, landlord);
    const reference = landlord === "chartres" ? canary.chartresReference : canary.reference;
    const { surname, givenName, birthDate, email, password } = canary;
    const form = { reference, surname, givenName, birthDate, email, password, consents: [] };
    const consent = {
      id: "terms-of-use",
      version: landlord === "chartres" ? "2024-09" : "2023-10",
    };
    const whole = { ...form, passwordConfirmation: password, consents: [consent] };
    const known = (await door(demo, landlord).person("everything")).reference;
    const answers = [
      await signIn(front, email, password),
      await signIn(front, accountAt(landlord).email, password),
      await front(operation("F02-register"), { input: form }),
      await front(operation("F02-register"), { input: whole }),
      await front(operation("F02-register"), { input: { ...whole, reference: known } }),
      await front(operation("F05-confirm-registration"), { token: canary.token }),
      await front(operation("F05-resend-confirmation"), { email }),
      await front(operation("F06-refresh-session"), { refreshToken: canary.token }),
      await front(operation("F09-request-password-reset"), { email }),
      await front(operation("F09-reset-password"), { token: canary.token, newPassword: password }),
      await front.as(canary.token)(operation("F12-home")),
      await front.as(`${canary.token}.${canary.token}.${canary.token}`)(operation("F12-home")),
    ];
    expect(JSON.stringify(answers)).toContain("REFERENCE_UNKNOWN");
    expect(JSON.stringify(answers)).toContain("NAME_MISMATCH");
    expect(lines.length).toBeGreaterThanOrEqual(answers.length);
    expectUntold([...typed, known, ...(await personalOf(landlord))], answers);
  });

  test("of a registration that comes to its end", async () => {
    const person = (await door(demo, landlord).people(300)).findLast(
      ({ oddity, contracts }) => oddity === null && contracts.length > 0,
    )!;
    const front = frontOf(demo, landlord);
    const { reference, surname, givenName } = person;
    const email = `canari.${landlord}@example.org`;
    const { password } = canary;
    const version = landlord === "chartres" ? "2024-09" : "2023-10";
    const input = {
      reference,
      surname,
      givenName,
      email,
      password,
      passwordConfirmation: password,
      consents: [{ id: "terms-of-use", version }],
    };
    const { data } = await front(operation("F02-register"), { input });
    expect(data.register.userErrors).toEqual([]);
    const { page, token } = linkIn(await mailTo(demo, email));
    expect((await pressButton(page)).status).toBe(200);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expectUntold([reference, surname, givenName, email, password, token]);
  });

  test("of an ERP that fails, and lets slip what it should not", async () => {
    const { email, password } = accountAt(landlord);
    const front = frontOf(demo, landlord);
    const { session } = (await signIn(front, email, password)).data.signIn;
    const signedIn = front.as(session.accessToken);
    const { data } = await signedIn(operation("F13-contracts"));
    const [{ id }] = data.viewer.contracts.nodes as [{ id: string }];
    const answers: Answer[] = [];
    const ask = async (kind: string, only?: string) => {
      await door(demo, landlord).fault({ kind, operation: only });
      answers.push(await signedIn(operation("F12-home")));
      answers.push(await signedIn(operation("F30-rent-notices"), { id }));
      if (only) answers.push(await signedIn(operation("F25-entries"), { id }));
    };
    for (const kind of ["fault", "garbage", "empty", "html", "cut-middle", "closed"]) {
      await ask(kind);
      for (const only of ofOneContract[landlord]!) await ask(kind, only);
    }
    await door(demo, landlord).calm();
    expect(lines.some((line) => JSON.parse(line).level >= 40)).toBe(true);
    expect(answers.filter(({ errors }) => errors).length).toBeGreaterThan(30);
    expectUntold([...leaks, ...(await personalOf(landlord))], answers);
  });
});

describe("nor do they tell what a client wrote", () => {
  test("into a query or variables that are wrong", async () => {
    const front = frontOf(demo, "chartres");
    const answers: Answer[] = [];
    for (const word of typed) {
      const text = JSON.stringify(word);
      answers.push(
        await front(`{ landlord { id } viewer(iban: ${text}) { email } }`),
        await front(`{ landlord ${text} { id } }`),
        await front(`mutation { signIn(input: ${text}) { session { accessToken } } }`),
        await front(`mutation { signIn(input: { email: [${text}] }) { session { accessToken } } }`),
        await front(operation("F06-sign-in"), { email: [word], password: { is: word } }),
        await front(operation("F02-register"), { input: { email: word, consents: word } }),
        await front(operation("F02-register"), { input: word }),
        await front(operation("F13-contract"), { id: word }),
        await front(operation("F25-entries"), { id: "a", first: word }),
      );
    }
    for (const { errors, data } of answers) {
      expect(errors?.length ?? data.contract?.length ?? 1).toBeGreaterThan(0);
    }
    expectUntold(typed, answers);
  });

  test("into addresses and headers", async () => {
    for (const word of typed) {
      const escaped = encodeURIComponent(word);
      const front = client({
        url: demo.url,
        landlord: escaped,
        headers: { "user-agent": escaped, "x-request-id": escaped, "x-forwarded-for": escaped },
      });
      const refused = await front("{ landlord { id } }");
      expect(refused.status).toBe(400);
      await fetch(`${demo.url}/${escaped}?iban=${escaped}`);
      await fetch(`${demo.url}/files/chartres/${escaped}`);
      await fetch(`${demo.url}/links/confirm?landlord=chartres&token=${escaped}`);
      expectUntold([word, escaped], [refused]);
    }
    expect(lines.length).toBeGreaterThan(3 * typed.length);
  });
});

describe("the log itself", () => {
  const written: string[] = [];
  const log = createLog("debug", { write: (line) => void written.push(line) });

  test("blacks out fields that hold secrets, wherever they stand", () => {
    log.info({ password: canary.password, a: { email: canary.email, b: { iban: canary.iban } } });
    log.info({ headers: { authorization: `Bearer ${canary.token}`, cookie: canary.token } });
    for (const word of typed) expect(written.join()).not.toContain(word);
    expect(written.join().match(/\[redacted\]/g)).toHaveLength(5);
  });

  test("K-01 scrubs what an error of somebody else's says, in message, stack and details", () => {
    const slips = [
      "M. Martin <lea.martin@example.org>",
      "FR76 3000 6000 0112 3456 7890 189",
      canary.iban,
      "carte 4111 1111 1111 1111",
      "4111111111111111",
      "tél. 06 12 34 56 78",
      "+33612345678",
      "né le 23/07/1961",
      canary.birthDate,
      "Bearer abcdefgh12345678",
      "2 69 05 49 588 157 80",
      "aB3".repeat(16),
    ];
    const from = written.length;
    for (const slip of slips) {
      log.error({ err: new Error(`timeout of ${slip}`), details: [slip] }, `could not: ${slip}`);
    }
    const said = written.slice(from).join("");
    const secret = slips.map((slip) => slip.replace(/^[^\d+<]*[ <](?=[\d+\w.]*[\d@])/, ""));
    expect(secret.filter((word) => said.includes(word))).toEqual([]);
    expect(slips.filter((slip) => said.includes(slip))).toEqual([]);
    for (const line of written.slice(from)) expect(JSON.parse(line).level).toBe(50);
  });

  test.each(["a", "a.", "-", "1", "AB12", "%40", "cannot represent "])(
    "K-01 goes through a line of 300 KB of %j once",
    (text) => {
      log.error(`${text.repeat(300_000 / text.length)} <lea.martin@example.org>`);
      expect(written.at(-1)).toContain("<[redacted]>");
    },
  );

  test("K-01 leaves alone what helps: moments, ids, places in the code, amounts, versions", () => {
    const helpful = {
      requestId: "01a1feb3-7c57-7681-82eb-154132ae01c6",
      at: "2026-11-21T14:50:08.123Z",
      ms: 1795274538460,
      amount: "1234.56",
      place: "file:///app/gateway/house.ts:61:12",
      code: "ECONNREFUSED",
      address: "127.0.0.1:5432",
      version: "22.0.4",
      period: "2026-11",
    };
    log.info(helpful, "could not reach 127.0.0.1:5432 within 30000 ms");
    expect(JSON.parse(written.at(-1)!)).toMatchObject(helpful);
    expect(written.at(-1)).toContain("127.0.0.1:5432 within 30000 ms");
  });

  test("writes an error without its cause", () => {
    const cause = new Error(`M. ${canary.surname}`);
    log.error({ err: new Error("it failed", { cause }) }, "a defect of ours");
    expect(written.at(-1)).toContain("it failed");
    expect(written.at(-1)).not.toContain(canary.surname);
  });
});
