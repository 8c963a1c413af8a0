import { describe, expect, it } from "vitest";
import { openPostgres } from "./postgres.ts";
import { openStore } from "./store.ts";
import { createPostgres, whyNoPostgres } from "./testing/databases.ts";
import { anAccount, testSecret } from "./testing/stores.ts";

// That it is reached where it must be is checked by the other tests of the store.
describe.skipIf(await whyNoPostgres())("PostgreSQL", () => {
  it("J-03 is refused when it acknowledges before it has written", async () => {
    const database = await createPostgres();
    const name = new URL(database.url).pathname.slice(1);
    await database.raw(`alter database ${name} set synchronous_commit = off`);
    await expect(openPostgres(database.url)).rejects.toThrow(/synchronous_commit off/);
    await database.drop();
  });

  it("J-08 may cut connections; the store goes on with new ones", async () => {
    const database = await createPostgres();
    const store = await openStore({ url: database.url, secret: testSecret });
    await anAccount(store);
    await database.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    const asked = () => store.accounts.byEmail("cedre", "a@example.org");
    await expect.poll(() => asked().catch(() => null), { timeout: 5_000 }).not.toBeNull();
    await store.close();
    await database.drop();
  });
});
