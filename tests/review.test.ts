/** An ERP that was restored from a back-up, or said yes and did nothing: what it has lost is found. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../cli/testing/terminal.ts";
import { startBeauceron } from "../mocks/beauceron/start.ts";
import type { Demo } from "../mocks/demo/start.ts";
import type { MockErp } from "../mocks/kit/product.ts";
import { startPavois } from "../mocks/pavois/start.ts";
import { asked, changeAt } from "./support/changes.ts";
import { erpOf, signedInAs, startTestDemo } from "./support/demo.ts";
import type { Client } from "./support/client.ts";

let folder: string;
let demo: Demo;
/** The same ERPs as they were before anything was changed. */
let fresh: MockErp[];
let restored: Record<string, string>;
let own: Record<string, string>;
/** Of the two changes that each ERP applied. */
const receipts: Record<string, string[]> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-review-"));
  own = {
    TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
    TROUSSEAU_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_SMTP: "smtp://127.0.0.1",
  };
  const { TROUSSEAU_SMTP: _smtp, ...stored } = own;
  demo = await startTestDemo({ environment: stored });
  const ports = { port: 0, doorPort: 0 };
  fresh = await Promise.all([startPavois(ports), startBeauceron(ports)]);
  const moved = fresh.map(({ landlord, url }) => [erpOf(demo, landlord).url, url] as const);
  restored = Object.fromEntries(
    Object.entries(demo.mocks.environment).map(([name, value]) => [
      name,
      moved.reduce((text, [from, to]) => text.replace(from, to), value),
    ]),
  );
  for (const landlord of ["la-rochelle", "chartres"]) {
    const front = await signedInAs(demo, landlord, "threeContracts");
    receipts[landlord] = [await move(front, "1 rue du Port"), await move(front, "2 rue du Port")];
  }
});
afterAll(async () => {
  await demo?.stop();
  await Promise.all((fresh ?? []).map((erp) => erp.close()));
  await rm(folder, { recursive: true, force: true });
});

/** The receipt of a change of address that the ERP has applied. */
async function move(front: Client, street: string): Promise<string> {
  const { data } = await front("{ viewer { person { id } } }");
  const address = { lines: [street], postalCode: "17000", city: "La Rochelle" };
  const input = { personId: data.viewer.person.id, address };
  const { id, receipt } = await asked(front, "F14-change-personal-data", input);
  await changeAt(front, id, "APPLIED");
  return receipt;
}

const review = (
  landlord: string,
  environment: Readonly<Record<string, string>>,
  ...more: string[]
) =>
  runCommand(["landlord", "review", landlord, "--since", "2026-01-01", ...more], {
    environment: { TROUSSEAU_PUBLIC_URL: demo.url, ...environment, ...own },
  });

describe("changes that were applied", () => {
  test.each(["la-rochelle", "chartres"])("are still there at %s", async (landlord) => {
    const { code, out, err } = await review(landlord, demo.mocks.environment);
    expect(err).toBe("");
    expect(out).toMatch(/2 applied: [12] still there, 0 lost/);
    expect(code).toBe(0);
  });

  test("I-08 I-11 are found and listed where the ERP has them no more, in the order of asking", async () => {
    const { code, out } = await review("la-rochelle", restored, "--json");
    const found = JSON.parse(out) as { receipt: string; verdict: string; kind: string }[];
    expect(found).toMatchObject(
      receipts["la-rochelle"]!.map((receipt) => ({
        receipt,
        kind: "PERSONAL_DATA",
        verdict: "LOST",
      })),
    );
    expect(out).not.toContain("rue du Port");
    expect(code).toBe(1);
  });

  test("I-08 I-11 that a later one wrote over cannot be told where the ERP only shows what stands", async () => {
    const { code, out } = await review("chartres", restored);
    const [first, second] = receipts["chartres"]!;
    expect(out).toMatch(new RegExp(`^UNCLEAR .*${first} .*wrote over it$`, "m"));
    expect(out).toMatch(new RegExp(`^LOST .*${second} .*PERSONAL_DATA`, "m"));
    expect(out).toContain("2 applied: 0 still there, 1 lost, 1 cannot be told");
    expect(code).toBe(1);
  });

  test("cannot be told of an ERP that is away, and that is not taken for good order", async () => {
    const away = { ...restored, LA_ROCHELLE_ERP_ENDPOINT: "http://127.0.0.1:9/away" };
    const { code, out } = await review("la-rochelle", away);
    expect(out).toContain("0 still there, 0 lost, 2 cannot be told");
    expect(out).toContain("(UNAVAILABLE)");
    expect(code).toBe(1);
  });

  test("are those since a moment", async () => {
    const since = ["--since", "2099-01-01"];
    const { code, out } = await review("la-rochelle", restored, ...since);
    expect([code, out]).toEqual([0, "0 applied: 0 still there, 0 lost, 0 cannot be told\n"]);
    const wrong = await review("la-rochelle", restored, "--since", "yesterday");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("--since yesterday is no moment");
  });
});
