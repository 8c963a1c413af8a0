import { afterAll, beforeAll, expect, test } from "vitest";
import { jeannesForm, openDesk, paulsForm, type Desk } from "./fixtures/desk.ts";
import { anAccount, jeannesCredentials } from "./fixtures/steps.ts";
import { requestPasswordReset } from "./password-reset.ts";
import { register } from "./registration.ts";
import { signIn } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await anAccount(desk);
});
afterAll(() => desk.store.close());

type Way = () => Promise<unknown>;

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

/**
 * By how much one takes longer than the other, as a share of the longer. Of each round the difference,
 * one first and then the other first, so that a busy machine is as busy for one as for the other.
 */
async function measured(rounds: number, ways: readonly [Way, Way]): Promise<number> {
  const took: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const turn of [0, 1]) {
      const index = ((round + turn) % 2) as 0 | 1;
      desk.wait(3_600_001);
      const started = performance.now();
      await ways[index]();
      took[index].push(performance.now() - started);
    }
  }
  const differences = took[0].map((ms, round) => ms - took[1][round]!);
  return Math.abs(median(differences)) / Math.max(median(took[0]), median(took[1]));
}

/** Noise passes when it is measured again; a difference stays. */
async function expectAlike(rounds: number, ways: readonly [Way, Way]): Promise<void> {
  let difference = Infinity;
  for (let again = 0; again < 4 && difference >= 0.1; again += 1) {
    difference = await measured(rounds, ways);
  }
  expect(difference).toBeLessThan(0.1);
}

let strangers = 0;
const stranger = () => `stranger${(strangers += 1)}@example.fr`;

test("A-01 registering takes as long with an address that has an account as with a new one", () => {
  const withAddress = (email: string) =>
    register(desk.context(), { ...paulsForm, email, emailConfirmation: email });
  return expectAlike(25, [() => withAddress(jeannesForm.email), () => withAddress(stranger())]);
});

test("A-02 asking for a new password takes as long for nobody as for somebody", () => {
  const ask = (email: string) => requestPasswordReset(desk.context(), { email });
  return expectAlike(5, [() => ask(jeannesForm.email), () => ask(stranger())]);
});

test("A-02 signing in takes as long for nobody as with a wrong password", () => {
  const wrong = (email: string) =>
    signIn(desk.context(), { ...jeannesCredentials, email, password: "wrong" });
  return expectAlike(25, [() => wrong(jeannesForm.email), () => wrong(stranger())]);
});

test("a difference is found", async () => {
  const sleep = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms));
  await expect(expectAlike(3, [sleep(20), sleep(5)])).rejects.toThrow("less than");
});
