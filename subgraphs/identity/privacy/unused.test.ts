import { describe, expect, it } from "vitest";
import { anAccount, day, describeStores, type Bench } from "../../../store/testing/stores.ts";
import { exampleLandlord } from "../fixtures/landlord.ts";
import { eraseUnused } from "./unused.ts";

const landlord = exampleLandlord({ id: "cedre" });
const round = ({ store, now }: Bench) => eraseUnused({ landlord, store, now });
const isThere = async ({ store }: Bench, id: string) =>
  (await store.accounts.byId("cedre", id)) !== null;

const signIn = ({ store, now }: Bench, accountId: string, days = 1) => {
  const expiresAt = new Date(now().getTime() + days * day);
  return store.sessions.start("cedre", accountId, { expiresAt, remember: false });
};

async function lettersTo({ store }: Bench): Promise<string[]> {
  const letters: string[] = [];
  await store.mails.deliver(async ({ to, text }) => void letters.push(`${to} ${text}`));
  return letters;
}

describe("an account that nobody uses", () => {
  describeStores((bench) => {
    it("K-12 is erased two years after its last sign-in, a month after one mail", async () => {
      const { id } = await anAccount(bench().store);
      bench().advance(300 * day);
      await signIn(bench(), id);
      bench().advance(729 * day);
      expect(await round(bench())).toEqual({ told: 0, erased: 0 });
      bench().advance(3 * day);
      const rounds = await Promise.all([round(bench()), round(bench())]);
      expect(rounds.map(({ told }) => told).toSorted()).toEqual([0, 1]);
      const letters = await lettersTo(bench());
      expect(letters).toHaveLength(1);
      expect(letters[0]).toMatch(
        /^a@example.org[^]*depuis plus de 24 mois[^]* effacé le \d+ \w+ 2029/,
      );
      bench().advance(29 * day);
      expect(await round(bench())).toEqual({ told: 0, erased: 0 });
      bench().advance(2 * day);
      expect(await round(bench())).toEqual({ told: 0, erased: 1 });
      expect(await isThere(bench(), id)).toBe(false);
      expect(await bench().store.erasures.list()).toHaveLength(1);
    });

    it("K-12 is kept when somebody signs in after the mail, or stays signed in", async () => {
      const { store, advance } = bench();
      const { id } = await anAccount(store);
      const remembered = await anAccount(store, "cedre", "b@example.org");
      const { refreshToken } = await signIn(bench(), remembered.id, 365);
      advance(360 * day);
      await store.sessions.refresh("cedre", refreshToken);
      advance(380 * day);
      expect(await round(bench())).toEqual({ told: 1, erased: 0 });
      await signIn(bench(), id);
      advance(31 * day);
      expect(await round(bench())).toEqual({ told: 0, erased: 0 });
      expect([await isThere(bench(), id), await isThere(bench(), remembered.id)]).toEqual([
        true,
        true,
      ]);
    });

    it("is not one of the landlord's people, nor another landlord's", async () => {
      const { store, advance } = bench();
      await store.staff.appoint("cedre", ["staff@example.org"], "x");
      await anAccount(store, "orme");
      advance(1000 * day);
      expect(await round(bench())).toEqual({ told: 0, erased: 0 });
    });
  });
});
