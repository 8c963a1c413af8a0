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
    // Much of the suite waits for servers, disks and clocks: two cores bear three files at once.
    maxWorkers: 3,
    // Each worker loads what it tests once, not once for each file: half of the time otherwise.
    // What a test changes outside its own file, it puts back.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
