import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  chooseLandlord,
  leaveView,
  onSessionChange,
  savedSession,
  savedView,
  send,
  signIn,
  signOut,
} from "./session.ts";

interface Sent {
  headers: Record<string, string>;
  body: { query: string; variables?: { input: Record<string, string> } };
}

let sent: Sent[];
let answer: (body: Sent["body"]) => unknown;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  sent = [];
  vi.stubGlobal("fetch", async (_url: string, init: { headers: Sent["headers"]; body: string }) => {
    const body = JSON.parse(init.body) as Sent["body"];
    sent.push({ headers: init.headers, body });
    return new Response(JSON.stringify(answer(body)));
  });
  answer = () => ({ data: {} });
  chooseLandlord("brie");
});
afterEach(() => vi.unstubAllGlobals());

let tokens = 0;
const given = (seconds: number) => ({
  data: {
    payload: {
      session: {
        accessToken: `access-${++tokens}`,
        refreshToken: `refresh-${tokens}`,
        expiresAt: new Date(Date.now() + seconds * 1000).toISOString(),
      },
      userErrors: [],
    },
  },
});
const refused = { data: { payload: { session: null, userErrors: [{ message: "Wrong." }] } } };
const enter = () => signIn("/graphql", "brie", "a@example.org", "secret");

test("requests name the landlord, and nobody before sign-in", async () => {
  await send("/graphql", { query: "{ a }" }, { "x-more": "1" });
  expect(sent[0]?.headers).toMatchObject({ "x-landlord": "brie", "x-more": "1" });
  expect(sent[0]?.headers).not.toHaveProperty("authorization");
});

test("after sign-in requests carry the token, to this landlord only", async () => {
  answer = () => given(600);
  expect(await enter()).toBeNull();
  answer = () => ({ data: {} });
  await send("/graphql", { query: "{ a }" });
  expect(sent[1]?.headers.authorization).toBe(`Bearer access-${tokens}`);
  chooseLandlord("beauce");
  await send("/graphql", { query: "{ a }" });
  expect(sent[2]?.headers).not.toHaveProperty("authorization");
});

test("a header typed in the editor has the last word", async () => {
  answer = () => given(600);
  await enter();
  await send("/graphql", { query: "{ a }" }, { authorization: "Bearer mine" });
  expect(sent[1]?.headers.authorization).toBe("Bearer mine");
});

test("a refused sign-in says why and keeps nothing", async () => {
  answer = () => refused;
  expect(await enter()).toBe("Wrong.");
  answer = () => ({ errors: [{ message: "Too many calls." }] });
  expect(await enter()).toBe("Too many calls.");
  expect(savedSession("brie")).toBeNull();
});

test("a token about to lapse is renewed once for requests sent together", async () => {
  answer = () => given(10);
  await enter();
  const old = savedSession("brie")?.refreshToken;
  answer = ({ query }) => (query.includes("refreshSession") ? given(600) : { data: {} });
  await Promise.all([send("/graphql", { query: "{ a }" }), send("/graphql", { query: "{ b }" })]);
  const renewals = sent.filter(({ body }) => body.query.includes("refreshSession"));
  expect(renewals.map(({ body }) => body.variables?.input.refreshToken)).toEqual([old]);
  const asked = sent.filter(({ body }) => body.query.startsWith("{"));
  expect(asked.map(({ headers }) => headers.authorization)).toEqual(
    Array(2).fill(`Bearer access-${tokens}`),
  );
});

test("a session that cannot be renewed is forgotten, and who listens is told", async () => {
  answer = () => given(10);
  await enter();
  const listener = vi.fn<() => void>();
  const stop = onSessionChange(listener);
  answer = ({ query }) => (query.includes("refreshSession") ? refused : { data: {} });
  await send("/graphql", { query: "{ a }" });
  stop();
  expect(savedSession("brie")).toBeNull();
  expect(listener).toHaveBeenCalledOnce();
  expect(sent.at(-1)?.headers).not.toHaveProperty("authorization");
});

test("signing out ends the session at the server and here", async () => {
  answer = () => given(600);
  await enter();
  answer = () => ({ data: {} });
  await signOut("/graphql", "brie");
  expect(sent[1]?.body.query).toContain("signOut");
  expect(sent[1]?.headers.authorization).toBe(`Bearer access-${tokens}`);
  expect(savedSession("brie")).toBeNull();
});

test("signing out works without the server", async () => {
  answer = () => given(600);
  await enter();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await signOut("/graphql", "brie");
  expect(savedSession("brie")).toBeNull();
});

test("an answer that is not JSON is shown with its status", async () => {
  vi.stubGlobal("fetch", async () => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await expect(send("/graphql", { query: "{ a }" })).rejects.toThrow("HTTP 502: <h1>Bad gateway");
});

describe("a support view", () => {
  const begun = (seconds: number) => ({
    data: {
      beginSupportView: {
        accessToken: "of-the-view",
        endsAt: new Date(Date.now() + seconds * 1000).toISOString(),
      },
    },
  });
  const begin = async (seconds: number) => {
    answer = () => given(600);
    await enter();
    answer = () => begun(seconds);
    await send("/graphql", { query: "mutation { … }" });
    answer = () => ({ data: {} });
  };
  const last = () => sent.at(-1)!;

  test("is what is asked in from when it was begun, until it is left", async () => {
    await begin(1_800);
    expect(savedView("brie")).toMatchObject({ accessToken: "of-the-view" });
    await send("/graphql", { query: "{ a }" });
    expect(last().headers.authorization).toBe("Bearer of-the-view");
    await leaveView("/graphql", "brie");
    expect(last().body.query).toContain("endSupportView");
    expect(last().headers.authorization).toBe("Bearer of-the-view");
    await send("/graphql", { query: "{ a }" });
    expect(last().headers.authorization).toBe(`Bearer access-${tokens}`);
  });

  test("is over with its time, and with the session", async () => {
    await begin(-1);
    await send("/graphql", { query: "{ a }" });
    expect(last().headers.authorization).toBe(`Bearer access-${tokens}`);
    await begin(1_800);
    await signOut("/graphql", "brie");
    expect(last().headers.authorization).toBe(`Bearer access-${tokens}`);
    expect(savedView("brie")).toBeNull();
  });
});
