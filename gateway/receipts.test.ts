import { expect, test } from "vitest";
import { createCipher } from "../store/cipher.ts";
import { openStore } from "../store/store.ts";
import { anAccount, testSecret } from "../store/testing/stores.ts";
import { createLog } from "./log.ts";
import { logReceipts, openPage } from "./receipts.ts";

const cipher = createCipher(testSecret);

async function written(level: string): Promise<Record<string, string>[]> {
  const lines: string[] = [];
  const store = await openStore({ url: "sqlite::memory:", secret: testSecret });
  logReceipts(store, cipher, createLog(level, { write: (line) => void lines.push(line) }));
  const { id: accountId } = await anAccount(store);
  const whose = { landlord: "cedre", accountId, personKey: "canary-person", contractKey: "C1" };
  const change = {
    ...whose,
    lane: "person",
    kind: "PERSONAL_DATA",
    idempotencyKey: "key-0001",
    request: "{}",
    payload: '{"phone":"canary-phone"}',
    effectiveBy: null,
  };
  await store.transaction((within) => within.changes.submit(change));
  await store.changes.repeated(change);
  await store.changes.repeated({ ...change, request: "another" });
  const undone = store.transaction(async (within) => {
    await within.changes.submit({ ...change, idempotencyKey: "key-0002" });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  const asked = { ...whose, label: "canary-label", amount: "12.50", provider: "payfip" };
  const made = await store.payments.create({ ...asked, idempotencyKey: "key-0003" });
  if (made.outcome !== "NEW") throw new Error(made.outcome);
  const expiresAt = new Date(Date.now() + 60_000);
  const page = { providerReference: "canary-idop", redirect: "{}", expiresAt };
  await store.payments.redirected(made, page, expiresAt);
  await store.close();
  expect(lines.join("")).not.toMatch(/canary|redacted/);
  return lines.map((line) => JSON.parse(line));
}

test("J-10 each receipt and each page of payment is a line of the log, without anything personal", async () => {
  for (const level of ["info", "error"]) {
    const [submitted, repeated, begun, ...more] = await written(level);
    expect(submitted).toMatchObject({ msg: "a change was acknowledged", kind: "PERSONAL_DATA" });
    expect(repeated!["change"]).toBe(submitted!["change"]);
    expect(begun).toMatchObject({ msg: "a payment was begun", provider: "payfip" });
    expect(openPage(cipher, begun!["payment"]!, begun!["at"]!)).toBe("canary-idop");
    expect(more).toEqual([]);
  }
  expect(await written("silent")).toEqual([]);
});
