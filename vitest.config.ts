import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // Without this, the ESM and the CommonJS build of graphql are both loaded,
    // and each refuses the other's schema objects.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    reporters: ["default", "./tests/count-reporter.ts"],
    // Much of the suite waits for servers, disks and clocks: two cores bear two files at once.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
