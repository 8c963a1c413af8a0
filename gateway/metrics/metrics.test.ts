import { expect, test } from "vitest";
import { openStore } from "../../store/store.ts";
import { testSecret } from "../../store/testing/stores.ts";
import { createMetrics } from "./metrics.ts";

test("tells whether an ERP is left alone, and of answers that were somebody else's", async () => {
  const store = await openStore({
    url: "sqlite::memory:",
    secret: testSecret,
    now: () => new Date(),
  });
  const metrics = createMetrics();
  const watch = metrics.erp("here");
  const lines = async () => (await metrics.text(store, [], new Date())).split("\n");
  watch.breaker("CLOSED");
  expect(await lines()).toContain('trousseau_erp_breaker{landlord="here"} 0');
  watch.breaker("OPEN");
  watch.foreign("persons.byKeys");
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'trousseau_erp_breaker{landlord="here"} 1',
      'trousseau_erp_foreign_answers_total{landlord="here",call="persons.byKeys"} 1',
    ]),
  );
  watch.breaker("HALF_OPEN");
  expect(await lines()).toContain('trousseau_erp_breaker{landlord="here"} 2');
  await store.close();
});
