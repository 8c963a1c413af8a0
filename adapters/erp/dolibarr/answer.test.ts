/** What errors of a real Dolibarr 22.0.4 mean. */
import { describe, expect, test } from "vitest";
import type { Io } from "../../ports/adapter.ts";
import type { PortError } from "../../ports/errors.ts";
import { balances } from "../../ports/billing.ts";
import { persons } from "../../ports/identity.ts";
import { neverSent, toldBy } from "./answer.ts";
import { call, connected, fixture, replay, type Recorded } from "./replay.ts";

const io = { log: () => {} } as unknown as Io;
const told = (recorded: Recorded) =>
  toldBy(io, "rochefort: GET /x", {
    status: recorded.status,
    headers: { "content-type": recorded.contentType },
    bytes: Buffer.from(recorded.body),
  });
const errorOf = (recorded: Recorded): PortError => {
  try {
    return told(recorded) as never;
  } catch (error) {
    return error as PortError;
  }
};
const html = (status: number): Recorded => ({
  status,
  contentType: "text/html; charset=UTF-8",
  body: "<html>SELECT rowid FROM llx_societe</html>",
});
const problem = (status: number, message: string): Recorded => ({
  status,
  contentType: "application/json; charset=utf-8",
  body: JSON.stringify({ error: { code: status, message }, debug: {} }),
});

describe("an answer", () => {
  test.each([
    ["invoice-404", "MISSING"],
    ["ticket-404", "MISSING"],
    ["tp-by-code-none", "MISSING"],
    ["doc-list-none", "MISSING"],
    ["upload-contract-404", "MISSING"],
    ["upload-contract-again", "FILE_EXISTS"],
    ["pay-over", "TOO_MUCH"],
    ["ticket-replay-track", "KNOWN_TICKET"],
    ["err-create-badcode-500", "VALUE"],
    ["err-create-contact-fk-500", "VALUE"],
    ["err-missingfield", "VALUE"],
    ["err-badid", "VALUE"],
    ["err-badlimit", "VALUE"],
  ])("%s is the refusal %s", (name, refusal) => {
    expect(told(fixture(name))).toEqual({ refusal });
  });

  test("of 400 may be a deadlock", () => {
    const words = "Deadlock found when trying to get lock; try restarting transaction";
    expect(told(problem(400, `Bad Request: ${words}`))).toEqual({ refusal: "DEADLOCK" });
  });

  test.each([
    ["contract-contacts", "BAD_RESPONSE", false],
    ["err-badjson", "BAD_RESPONSE", false],
    ["err-badfilter", "BAD_RESPONSE", false],
    ["err-badfilter2", "UNAVAILABLE", false],
    ["err-noroute", "UNAVAILABLE", false],
    ["ticket-doc-list", "UNAVAILABLE", false],
    ["err-nokey", "UNAVAILABLE", true],
    ["err-badkey", "UNAVAILABLE", true],
    ["err-norights", "UNAVAILABLE", true],
  ])("%s is %s, certainly not applied: %s", (name, code, notApplied) => {
    expect(errorOf(fixture(name))).toMatchObject({ code, notApplied });
  });

  test.each([
    [200, "UNAVAILABLE", "a module is off"],
    [202, "UNAVAILABLE", "its database is down"],
    [502, "UNAVAILABLE", "PHP is down"],
    [413, "BAD_RESPONSE", "a body was too large"],
  ])("%d with a page is %s: %s", (status, code) => {
    expect(errorOf(html(status))).toMatchObject({ code, notApplied: false });
  });

  test("lets nothing of what Dolibarr let slip into a message", () => {
    for (const recorded of [
      html(500),
      html(202),
      fixture("err-badfilter2"),
      fixture("err-badkey"),
    ]) {
      const { message } = errorOf(recorded);
      expect(message).not.toMatch(/SELECT|column|llx|api key/i);
    }
  });

  test("with keys that hold U+0000, or paths of the server, is read for what is needed", () => {
    expect(told(fixture("doc-list-contract-after"))).toHaveProperty("data");
  });
});

test("a failure before anything was sent says so", () => {
  expect(() => neverSent(errorOf(html(502)))).toThrow(
    expect.objectContaining({ code: "UNAVAILABLE", notApplied: true }),
  );
});

describe("a key that is refused", () => {
  const erp = replay();

  test("is not tried again for a minute", async () => {
    let time = Date.parse("2026-11-20T21:00:00Z");
    const { use } = await connected({ now: () => new Date(time) });
    erp.answers("/contacts/3", "err-badkey");
    erp.answers("/contracts/1", "err-badkey");
    const refused = { code: "UNAVAILABLE", notApplied: true };
    await expect(use(persons).byKeys(["3"], call())).rejects.toMatchObject(refused);
    await expect(use(balances).ofContracts(["1"], call())).rejects.toMatchObject(refused);
    expect(erp.asked).toHaveLength(1);
    time += 60_000;
    await expect(use(balances).ofContracts(["1"], call())).rejects.toMatchObject(refused);
    expect(erp.asked).toHaveLength(2);
  });

  test("without a right for one thing is tried for others", async () => {
    const { use } = await connected();
    erp.answers("/contacts/3", "err-norights");
    await expect(use(persons).byKeys(["3"], call())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(use(persons).byKeys(["3"], call())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(erp.asked).toHaveLength(2);
  });
});
