import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDesk, type Desk } from "./fixtures/desk.ts";
import { aSession, anAccount, codes, jeannesCredentials } from "./fixtures/steps.ts";
import { refreshSession, signIn, signOut } from "./sign-in.ts";

const hour = 3_600_000;
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await anAccount(desk);
});
afterEach(() => desk.store.close());

const wrong = { ...jeannesCredentials, password: "faux" };

describe("signing in", () => {
  it("gives a token that stands for the account and its person, for ten minutes", async () => {
    const { session, viewer } = await aSession(desk, {
      ...jeannesCredentials,
      email: " Jeanne@EXAMPLE.fr ",
    });
    expect(viewer).toMatchObject({ email: "jeanne@example.fr", personKeys: ["p-jeanne"] });
    expect(session.expiresAt).toEqual(new Date("2026-11-20T09:10:00Z"));
    desk.wait(11 * 60_000);
    expect(await desk.viewerOf(session.accessToken)).toBeNull();
  });
  it("lasts half a day, or a month when remembered", async () => {
    const short = await aSession(desk);
    expect(short.session.sessionExpiresAt).toEqual(new Date("2026-11-20T21:00:00Z"));
    const long = await aSession(desk, { ...jeannesCredentials, rememberMe: true });
    expect(long.session.sessionExpiresAt).toEqual(new Date("2026-12-20T09:00:00Z"));
  });
  it("A-11 opens another session each time", async () => {
    const [one, two] = [await aSession(desk), await aSession(desk)];
    expect(one.viewer.sessionId).not.toBe(two.viewer.sessionId);
  });
  it("answers an unknown address and a wrong password alike", async () => {
    const known = await signIn(desk.context(), wrong);
    const unknown = await signIn(desk.context(), { ...wrong, email: "nobody@example.fr" });
    expect(known).toEqual({ faults: [{ code: "EMAIL_OR_PASSWORD_WRONG", field: ["password"] }] });
    expect(unknown).toEqual(known);
  });
  it("is of one landlord only", async () => {
    const elsewhere = desk.context({ landlord: { ...desk.landlord, id: "elsewhere" } });
    expect(codes(await signIn(elsewhere, jeannesCredentials))).toEqual(["EMAIL_OR_PASSWORD_WRONG"]);
  });
});

describe("guessing", () => {
  it("from one place makes that place wait, and nobody else", async () => {
    const guesses = await Promise.all(
      Array.from({ length: 30 }, () => signIn(desk.context(), wrong)),
    );
    const told = guesses.flatMap(codes);
    expect(told.filter((code) => code === "EMAIL_OR_PASSWORD_WRONG")).toHaveLength(10);
    expect(told.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(20);
    expect(codes(await signIn(desk.context(), jeannesCredentials))).toEqual(["TOO_MANY_ATTEMPTS"]);
    const home = desk.context({ clientAddress: "198.51.100.7" });
    expect(codes(await signIn(home, jeannesCredentials))).toEqual([]);
  });
  it("is over for the right password when the pause is", async () => {
    await Promise.all(Array.from({ length: 30 }, () => signIn(desk.context(), wrong)));
    desk.wait(15 * 60_000 + 1);
    expect(codes(await signIn(desk.context(), jeannesCredentials))).toEqual([]);
  });
  it("A-07 from many places makes all wait for that account, known or not", async () => {
    for (const email of [wrong.email, "nobody@example.fr"]) {
      const guesses = Array.from({ length: 80 }, (_, n) =>
        signIn(desk.context({ clientAddress: `192.0.2.${n % 40}` }), { ...wrong, email }),
      );
      const told = (await Promise.all(guesses)).flatMap(codes);
      expect(told.filter((code) => code === "EMAIL_OR_PASSWORD_WRONG")).toHaveLength(50);
      expect(told.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(30);
    }
  });
  it("is forgotten once the right password came", async () => {
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 9; n++) await signIn(desk.context(), wrong);
      expect(codes(await signIn(desk.context(), jeannesCredentials))).toEqual([]);
    }
  });
});

describe("a session", () => {
  it("goes on with its refresh token, as the same session, to its end and no longer", async () => {
    const { session, viewer } = await aSession(desk);
    desk.wait(hour);
    const refreshed = await refreshSession(desk.context(), session);
    if (!("session" in refreshed)) throw new Error("refused");
    expect(refreshed.session.sessionExpiresAt).toEqual(session.sessionExpiresAt);
    expect(refreshed.session.refreshToken).not.toBe(session.refreshToken);
    expect(await desk.viewerOf(refreshed.session.accessToken)).toEqual(viewer);
    desk.wait(12 * hour);
    expect(codes(await refreshSession(desk.context(), refreshed.session))).toEqual([
      "SESSION_ENDED",
    ]);
  });
  it("ends when a refresh token comes a second time", async () => {
    const { session } = await aSession(desk);
    const refreshed = await refreshSession(desk.context(), session);
    if (!("session" in refreshed)) throw new Error("refused");
    desk.wait(60_000);
    expect(codes(await refreshSession(desk.context(), session))).toEqual(["SESSION_ENDED"]);
    expect(await desk.viewerOf(refreshed.session.accessToken)).toBeNull();
    expect(codes(await refreshSession(desk.context(), refreshed.session))).toEqual([
      "SESSION_ENDED",
    ]);
  });
  it("does not go on with anything else", async () => {
    for (const refreshToken of ["", "x", "x".repeat(100_000)]) {
      expect(codes(await refreshSession(desk.context(), { refreshToken }))).toEqual([
        "SESSION_ENDED",
      ]);
    }
  });
  it("ends at once when signed out of, and no other does", async () => {
    const [here, there] = [await aSession(desk), await aSession(desk)];
    await signOut(desk.context(), here.viewer, false);
    expect(await desk.viewerOf(here.session.accessToken)).toBeNull();
    expect(codes(await refreshSession(desk.context(), here.session))).toEqual(["SESSION_ENDED"]);
    expect(await desk.viewerOf(there.session.accessToken)).toEqual(there.viewer);
  });
  it("ends with all others when signed out of everywhere", async () => {
    const [here, there] = [await aSession(desk), await aSession(desk)];
    await signOut(desk.context(), here.viewer, true);
    expect(await desk.viewerOf(there.session.accessToken)).toBeNull();
  });
});
