/** An ERP whose interface has changed: what its landlord's people and whoever runs the house see of it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation, signIn, type Client } from "./support/client.ts";
import { erpOf, frontOf, signedInAs, startTestDemo } from "./support/demo.ts";

const here = "chartres";

let demo: Demo;
let staff: Client;
beforeAll(async () => {
  demo = await startTestDemo();
  const isStaff = demo.accounts.find((one) => one.landlord === here && one.role === "staff")!;
  staff = await signIn(frontOf(demo, here), isStaff.email, isStaff.password);
});
afterAll(() => demo?.stop());

const look = () => demo.gateway.house.drift.check(here);
const shown = async (as = staff) => {
  const { data, errors } = await as(operation("B07-support-erp-drift"));
  return { ...data.support?.erp, code: errors?.[0]?.extensions.code };
};
const metrics = async () => {
  const text = await (await fetch(demo.gateway.metricsUrl!)).text();
  return text.split("\n").filter((line) => line.startsWith("trousseau_erp_drift"));
};
const change = (edits: object[]) =>
  fetch(`${erpOf(demo, here).doorUrl}/description`, {
    method: "PUT",
    body: JSON.stringify(edits),
  });

test("nothing is said before somebody looked", async () => {
  expect(await shown()).toMatchObject({ product: "beauceron", drift: null });
  expect(await metrics()).toEqual([]);
});

test.each([
  "pavois of la-rochelle",
  "beauceron of chartres",
  "habilog of ivry",
  "intitulo of aubervilliers",
  "syndeo of immo-paris",
])("%s is what its adapter was written for", async (which) => {
  const [, landlord] = which.split(" of ") as [string, string];
  await demo.gateway.house.drift.check(landlord);
  expect(await demo.gateway.house.store.erpDrifts.of(landlord)).toMatchObject({
    obstacle: null,
    differences: [],
  });
});

test("a change of the ERP is shown with what hangs on it, and counted", async () => {
  await change([{ from: "/v2/soldes:", to: "/v2/les-soldes:" }]);
  await look();
  const { drift } = await shown();
  expect(drift).toMatchObject({ status: "BREAKING", obstacle: null, furtherCount: 0 });
  expect(drift.differences).toEqual([
    expect.objectContaining({ part: "OPERATION", change: "is gone", severity: "BREAKING" }),
    expect.objectContaining({ part: "OPERATION", change: "is new", severity: "COMPATIBLE" }),
  ]);
  expect(drift.differences[0].ports).toContain("balances");
  expect(await metrics()).toEqual(
    expect.arrayContaining([
      `trousseau_erp_drift{landlord="${here}",severity="BREAKING"} 1`,
      `trousseau_erp_drift{landlord="${here}",severity="COMPATIBLE"} 1`,
      `trousseau_erp_drift{landlord="${here}",severity="NOT_COMPARABLE"} 0`,
    ]),
  );
});

test("a page instead of a description is said to be none, and people notice nothing", async () => {
  await fetch(`${erpOf(demo, here).doorUrl}/faults`, {
    method: "PUT",
    body: JSON.stringify({ kind: "html", operation: "description" }),
  });
  await look();
  const { drift } = await shown();
  expect(drift).toMatchObject({ status: "NOT_COMPARABLE", differences: [] });
  expect(await metrics()).toContain(
    `trousseau_erp_drift{landlord="${here}",severity="NOT_COMPARABLE"} 1`,
  );
  const tenant = await signedInAs(demo, here, "accents");
  const home = await tenant(operation("F12-home"));
  expect(home.errors ?? []).toEqual([]);
});

test("tenants are shown nothing of it", async () => {
  const tenant = await signedInAs(demo, here, "accents");
  expect((await shown(tenant)).code).toBe("FORBIDDEN");
});
