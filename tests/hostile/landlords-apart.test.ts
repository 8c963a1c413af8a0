/** What one landlord's ERP is told by us, and what another's hears of it: nothing. */
import { expect, onTestFinished, test } from "vitest";
import type { Format } from "./answers.ts";
import { connectTo } from "./landlord.ts";
import { startHostileErp } from "./server.ts";

async function twoLandlords(format: Format) {
  const erps = await Promise.all([startHostileErp(), startHostileErp()]);
  const [first, second] = await Promise.all([
    connectTo(format, erps[0].url, 10_000, "first"),
    connectTo(format, erps[1].url, 10_000, "second"),
  ]);
  onTestFinished(async () => {
    await Promise.all([first, second, ...erps].map((one) => one.close()));
  });
  return { erps, first, second };
}

test.each<Format>(["SOAP", "REST"])(
  "F-07 credentials of one landlord never go to the ERP of another, over %s",
  async (format) => {
    const { erps, first, second } = await twoLandlords(format);
    const asked = Array.from({ length: 10 }, () => [first.read(), second.write()]).flat();
    await Promise.allSettled(asked);
    const [heard, other] = erps.map(({ seen }) => seen.heads.join("\n"));
    expect(erps.map(({ seen }) => seen.requests)).toEqual([10, 10]);
    expect(heard).toContain("user-of-first");
    expect(heard).not.toContain("of-second");
    expect(other).toContain("user-of-second");
    expect(other).not.toContain("of-first");
  },
);

test.each<Format>(["SOAP", "REST"])(
  "F-05 an ERP that sends us to another landlord's brings it neither our credentials nor a call, over %s",
  async (format) => {
    const { erps, first } = await twoLandlords(format);
    for (const status of [301, 302, 303, 307, 308]) {
      erps[0].behave({
        send: (response) => void response.writeHead(status, { location: erps[1].url }).end(),
      });
      await expect(first.read()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
      await expect(first.write()).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    }
    expect(erps[0].seen.requests).toBe(10);
    expect(erps[1].seen.connections).toBe(0);
  },
);
