import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type Desk } from "../fixtures/desk.ts";
import { exampleLandlord } from "../fixtures/landlord.ts";
import { aSession, anAccount, codes, jeannesCredentials } from "../fixtures/steps.ts";
import { signIn } from "../sign-in.ts";
import { beginSocialLink, linkSocialAccount } from "./link.ts";
import { beginSocialSignIn, completeSocialSignIn } from "./sign-in.ts";
import { createHandOver, endTrip } from "./trip.ts";

const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const provider = "google";
const order = { provider, challenge, rememberMe: false };

let desk: Desk;
beforeEach(async () => {
  const providers = [{ id: provider, clientId: "c", clientSecret: { env: "SECRET" } }];
  const socialSignIn = { returnUrl: "https://portal.example/back", providers };
  desk = await openDesk(exampleLandlord({ socialSignIn }));
  await anAccount(desk);
});
afterEach(() => desk.store.close());

/** What the gateway does once the person is back from the provider. */
async function handOver(begun: object, subject: string): Promise<string> {
  if (!("url" in begun)) throw new Error(`Not begun: ${codes(begun).join()}`);
  const { landlord, store, context } = desk;
  const state = new URL(String(begun.url)).searchParams.get("state")!;
  const trip = await endTrip(store, { landlord: landlord.id, provider, state });
  return createHandOver(context(), landlord.id, trip!, { subject });
}

async function link(subject: string) {
  const { viewer } = await aSession(desk);
  const context = desk.context({ viewer });
  const currentPassword = jeannesCredentials.password;
  const begun = await beginSocialLink(context, viewer, { provider, challenge, currentPassword });
  const code = await handOver(begun, subject);
  return linkSocialAccount(context, viewer, { code, verifier });
}

async function come(subject: string, rememberMe = false) {
  const begun = await beginSocialSignIn(desk.context(), { ...order, rememberMe });
  const code = await handOver(begun, subject);
  return completeSocialSignIn(desk.context(), { code, verifier });
}

test("a session is as long as the person asked for", async () => {
  await link("g1");
  const days = async (rememberMe: boolean) => {
    const outcome = await come("g1", rememberMe);
    if (!("session" in outcome)) throw new Error(codes(outcome).join());
    return (
      (outcome.session.sessionExpiresAt.getTime() - desk.context().now().getTime()) / 86_400_000
    );
  };
  expect(await days(false)).toBe(0.5);
  expect(await days(true)).toBe(30);
});

test("the owner is told by mail, in the landlord's name, and not of a failure", async () => {
  await link("g1");
  const [told, ...more] = await desk.mails();
  expect(more).toEqual([]);
  expect(told).toMatchObject({
    to: "jeanne@example.fr",
    subject: expect.stringContaining("Google"),
  });
  expect(codes(await link("g2"))).toEqual(["SOCIAL_ALREADY_LINKED"]);
  expect(await desk.mails()).toEqual([]);
});

test("an address that tries too often has to wait, whichever way it signs in", async () => {
  const tries = Array.from({ length: 300 }, () => beginSocialSignIn(desk.context(), order));
  await Promise.all(tries);
  const denied = [
    await beginSocialSignIn(desk.context(), order),
    await completeSocialSignIn(desk.context(), { code: "c", verifier }),
    await signIn(desk.context(), jeannesCredentials),
  ];
  expect(denied.flatMap(codes)).toEqual(Array(3).fill("TOO_MANY_ATTEMPTS"));
  const elsewhere = desk.context({ clientAddress: "192.0.2.9" });
  expect(codes(await beginSocialSignIn(elsewhere, order))).toEqual([]);
  desk.wait(15 * 60_000);
  expect(codes(await beginSocialSignIn(desk.context(), order))).toEqual([]);
});

test("a code tried with a wrong verifier again and again is denied by and by", async () => {
  const wrong = { code: "c", verifier: "w" };
  const tries = Array.from({ length: 300 }, () => completeSocialSignIn(desk.context(), wrong));
  const outcomes = await Promise.all(tries);
  expect(new Set(outcomes.flatMap(codes))).toEqual(new Set(["SOCIAL_CODE_INVALID"]));
  expect(codes(await completeSocialSignIn(desk.context(), wrong))).toEqual(["TOO_MANY_ATTEMPTS"]);
});
