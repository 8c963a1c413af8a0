/** Groups E and F: whatever an ERP answers ends in an error of the table, and a change in doubt. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PortError } from "../../adapters/ports/errors.ts";
import { canary, hostileAnswers, type Format } from "./answers.ts";
import { connectTo, type Landlord } from "./landlord.ts";
import { startHostileErp, type HostileErp } from "./server.ts";

/** What waits for a deadline need not wait long; what is read must not be cut by one. */
const hastyMs = 300;
const patientMs = 20_000;

const trap = await startHostileErp();
afterAll(() => trap.close());

describe.each<Format>(["SOAP", "REST"])("an ERP over %s", (format) => {
  let erp: HostileErp;
  let patient: Landlord;
  let hasty: Landlord;
  beforeAll(async () => {
    erp = await startHostileErp();
    patient = await connectTo(format, erp.url, patientMs);
    hasty = await connectTo(format, erp.url, hastyMs);
  });
  afterAll(async () => {
    await Promise.all([patient, hasty].map((landlord) => landlord.close()));
    await erp.close();
  });

  const rows = hostileAnswers(format, trap.url).map((row) => ({ ...row }));
  test.each(rows)("$check whose answer $what", async ({ code, turnedAway, send }) => {
    erp.behave({ send });
    const landlord = code === "TIMEOUT" ? hasty : patient;
    for (const [ask, expected] of [
      [landlord.read, code],
      [landlord.write, turnedAway ? code : "OUTCOME_UNKNOWN"],
    ] as const) {
      const before = erp.seen.requests;
      const error: unknown = await ask().then(
        (answer) => answer,
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(PortError);
      expect(error).toMatchObject({ code: expected, notApplied: turnedAway ?? false });
      expect(`${String(error)} ${landlord.logged.join()}`).not.toContain(canary);
      expect(erp.seen.requests).toBe(before + 1);
    }
    expect(trap.seen.connections).toBe(0);
  });
});
