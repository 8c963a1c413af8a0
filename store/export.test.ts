import { describe, expect, it } from "vitest";
import { fillFor } from "./testing/everything.ts";
import { describeStores } from "./testing/stores.ts";

describe("an export", () => {
  describeStores((bench) => {
    it("K-11 holds all that is of the account, and nothing of another's", async () => {
      const t1 = await fillFor(bench(), "t1");
      await fillFor(bench(), "t2");
      const text = JSON.stringify(await bench().store.exports.ofAccount("cedre", t1.accountId));
      // Hashed, worth something to a thief, or about somebody else. The ERP's own names of things,
      // such as the person's, are taken out where the copy is made.
      const leftOut = ["password", "link", "payer", "act"];
      const missing = Object.entries(t1.canaries).flatMap(([what, word]) =>
        text.includes(word) ? [] : [what],
      );
      expect(missing.sort()).toEqual(leftOut.sort());
      expect(text).not.toContain("t2-");
      expect(text).toContain("BEGIN_SUPPORT_VIEW");
      expect(await bench().store.exports.ofAccount("tilleul", t1.accountId)).toBeNull();
    });
  });
});
