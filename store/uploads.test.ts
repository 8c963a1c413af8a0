import { describe, expect, it } from "vitest";
import { day, describeStores, hour, minute, type Bench } from "./testing/stores.ts";

const key = new Uint8Array(32).fill(3);

describe("uploads", () => {
  describeStores((bench) => {
    const started = async ({ store, now }: Bench, more: { accountId?: string } = {}) => {
      const accountId = more.accountId ?? "account";
      const expiresAt = new Date(now().getTime() + 10 * minute);
      return store.uploads.start("cedre", {
        accountId,
        purpose: "TAX_NOTICE",
        fileName: "avis-Léa-Martin.pdf",
        mediaType: "application/pdf",
        sizeBytes: 2000,
        expiresAt,
      });
    };
    const file = ({ now }: Bench, storedAs: string) => ({
      sizeBytes: 1990,
      sha256: "hash",
      storedAs,
      key,
      expiresAt: new Date(now().getTime() + day),
    });
    const received = async (on: Bench, more: { accountId?: string } = {}) => {
      const { id } = await started(on, more);
      expect(await on.store.uploads.receive("cedre", id, file(on, `file of ${id}`))).toBe(true);
      return id;
    };
    const wanted = (ids: readonly string[], changeId = "change") => ({
      accountId: "account",
      purpose: "TAX_NOTICE" as const,
      ids,
      changeId,
    });

    it("are received once, and only at their landlord", async () => {
      const on = bench();
      const { uploads } = on.store;
      const upload = await started(on);
      expect(upload).toMatchObject({ state: "STARTED", fileName: "avis-Léa-Martin.pdf" });
      expect(await uploads.find("tilleul", upload.id)).toBeNull();
      expect(await uploads.stored("cedre", upload.id)).toBeNull();
      expect(await uploads.receive("tilleul", upload.id, file(on, "a"))).toBe(false);
      const outcomes = await Promise.all(
        ["b", "c", "d"].map((name) => uploads.receive("cedre", upload.id, file(on, name))),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await uploads.find("cedre", upload.id)).toMatchObject({
        state: "RECEIVED",
        sizeBytes: 1990,
        sha256: "hash",
      });
      expect(await uploads.stored("cedre", upload.id)).toEqual({
        storedAs: ["b", "c", "d"][outcomes.indexOf(true)],
        key: Buffer.from(key),
      });
    });

    it("keep neither their names nor their keys readable", async () => {
      const on = bench();
      await received(on);
      const content = (await on.database.content()).toString("latin1");
      expect(content).not.toContain("Martin");
      expect(content).not.toContain(Buffer.from(key).toString("base64url"));
    });

    it("are attached all or none, in the order asked for, each to one change", async () => {
      const on = bench();
      const { uploads } = on.store;
      const ids = [await received(on), await received(on)];
      const other = await received(on, { accountId: "somebody else" });
      const { id: empty } = await started(on);
      for (const foreign of [other, empty, "nothing", ids[0]!]) {
        expect(await uploads.attach("cedre", wanted([...ids, foreign]))).toBeNull();
      }
      expect(await uploads.attach("tilleul", wanted(ids))).toBeNull();
      const photo = { ...wanted(ids), purpose: "REQUEST_PHOTO" as const };
      expect(await uploads.attach("cedre", photo)).toBeNull();
      for (const id of ids) {
        expect((await uploads.find("cedre", id))?.state).toBe("RECEIVED");
      }
      const asked = ids.toReversed();
      const attached = await uploads.attach("cedre", wanted(asked));
      expect(attached?.map(({ id }) => id)).toEqual(asked);
      expect(attached?.[0]).toMatchObject({ state: "ATTACHED", changeId: "change" });
      expect(await uploads.attach("cedre", wanted(asked))).toHaveLength(2);
      expect(await uploads.attach("cedre", wanted(ids, "another"))).toBeNull();
      expect(await uploads.attach("cedre", wanted([]))).toEqual([]);
    });

    it("go to exactly one of the changes that want them at once", async () => {
      const on = bench();
      const stores = [on.store, await on.another()];
      const ids = [await received(on), await received(on)];
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          stores[index % 2]!.transaction((store) =>
            store.uploads.attach(
              "cedre",
              wanted(index % 2 ? ids : ids.toReversed(), `change ${index}`),
            ),
          ).catch(() => null),
        ),
      );
      expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
    });

    it("are attached only together with the caller's transaction", async () => {
      const on = bench();
      const id = await received(on);
      const failing = on.store.transaction(async (store) => {
        expect(await store.uploads.attach("cedre", wanted([id]))).toHaveLength(1);
        throw new Error("no change after all");
      });
      await expect(failing).rejects.toThrow("no change after all");
      expect((await on.store.uploads.find("cedre", id))?.state).toBe("RECEIVED");
    });

    it("cannot be read once the change has ended, and are then to be removed", async () => {
      const on = bench();
      const { uploads } = on.store;
      const id = await received(on);
      await uploads.attach("cedre", wanted([id]));
      await uploads.release("tilleul", "change");
      expect(await uploads.done()).toEqual([]);
      await uploads.release("cedre", "change");
      expect(await uploads.stored("cedre", id)).toBeNull();
      expect(await uploads.done()).toEqual([`file of ${id}`]);
      await uploads.removed(`file of ${id}`);
      expect(await uploads.done()).toEqual([]);
      expect(await uploads.known([`file of ${id}`])).toEqual(new Set());
      on.advance(31 * day);
      await uploads.expire(on.now());
      expect(await uploads.find("cedre", id)).toBeNull();
    });

    it("expire where no file came or no change named it, and never while a change needs it", async () => {
      const on = bench();
      const { uploads } = on.store;
      const { id: empty } = await started(on);
      const loose = await received(on);
      const needed = await received(on);
      await uploads.attach("cedre", wanted([needed]));
      expect(await uploads.countLoose("cedre", "account")).toBe(2);
      on.advance(11 * minute);
      expect(await uploads.countLoose("cedre", "account")).toBe(1);
      await uploads.expire(on.now());
      expect(await uploads.find("cedre", empty)).not.toBeNull();
      on.advance(2 * hour);
      await uploads.expire(on.now());
      expect(await uploads.find("cedre", empty)).toBeNull();
      on.advance(400 * day);
      expect(await uploads.attach("cedre", wanted([loose], "late"))).toBeNull();
      await uploads.expire(on.now());
      expect(await uploads.done()).toEqual([`file of ${loose}`]);
      expect((await uploads.find("cedre", needed))?.state).toBe("ATTACHED");
      expect(await uploads.stored("cedre", needed)).toMatchObject({
        storedAs: `file of ${needed}`,
      });
      expect(await uploads.known([`file of ${needed}`, "an orphan"])).toEqual(
        new Set([`file of ${needed}`]),
      );
    });
  });
});
