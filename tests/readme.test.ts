import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { frontOf, startTestDemo } from "./support/demo.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../", import.meta.url));
const readme = await readFile(join(root, "README.md"), "utf8");

/** The shell lines under a heading of the README. */
const linesUnder = (heading: string): string[] => {
  const section = readme.split(/^## /m).find((text) => text.startsWith(heading))!;
  return [...section.matchAll(/```sh\n(.*?)```/gs)].map((match) => match[1]!);
};

let demo: Demo;
let folder: string;
beforeAll(async () => {
  demo = await startTestDemo();
  folder = await mkdtemp(join(tmpdir(), "trousseau-readme-"));
  await symlink(join(root, "schema"), join(folder, "schema"));
});
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function shell(lines: string) {
  const { stdout } = await run(
    "bash",
    ["-c", lines.replaceAll("http://127.0.0.1:4000", demo.url)],
    { cwd: folder },
  );
  return JSON.parse(stdout);
}

describe("the README's curl lines", () => {
  const [rochelle, chartres] = linesUnder("Try it with curl");

  test.each([
    ["la-rochelle", rochelle!],
    ["chartres", chartres!],
  ])("sign in at %s and show the home page", async (landlord, lines) => {
    const { data, errors } = await shell(lines);
    expect(errors).toBeUndefined();
    expect(data.landlord.id).toBe(landlord);
    expect(data.viewer.email).toBe("helene.leger13@example.org");
    expect(data.viewer.contracts.nodes.length).toBeGreaterThan(0);
  });

  test.each(
    linesUnder("Register somebody new").map((lines, index) => [
      ["la-rochelle", "chartres"][index]!,
      lines,
    ]),
  )(
    "register somebody at %s, who follows the link of the mail and signs in",
    async (landlord, lines) => {
      const { data } = await shell(lines);
      expect(data.register).toMatchObject({ sentTo: expect.any(String), userErrors: [] });
      const email = data.register.sentTo as string;
      await expect
        .poll(() => demo.mocks.mailbox.messages().filter((mail) => mail.to.includes(email)), {
          timeout: 10_000,
        })
        .toHaveLength(1);
      const [link] = demo.mocks.mailbox.messages().find((mail) => mail.to.includes(email))!.links;
      const form = new URLSearchParams(new URL(link!).search);
      const followed = await fetch(`${demo.url}/links/confirm`, { method: "POST", body: form });
      expect(followed.status).toBe(200);
      const { data: signedIn } = await frontOf(demo, landlord)(
        'mutation($email: String!) { signIn(input: { email: $email, password: "Soleil-et-vent-17" }) { session { accessToken } userErrors { code } } }',
        { email },
      );
      expect(signedIn.signIn.userErrors).toEqual([]);
    },
  );
});
