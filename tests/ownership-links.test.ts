/** A download link is worth something only to whoever asked for it, as long as they are signed in. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation, type Client } from "./support/client.ts";
import { signedInAs, startTestDemo } from "./support/demo.ts";
import { elsewhere, landlords } from "./support/people.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo?.stop());

const notices =
  "{ viewer { contracts { nodes { rentNotices(first: 1) { nodes { id download { url } } } } } } }";

async function noticeOf(front: Client): Promise<{ id: string; url: string }> {
  const { data } = await front(notices);
  const [notice] = data.viewer.contracts.nodes[0].rentNotices.nodes;
  return { id: notice.id, url: notice.download.url };
}

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.status;
}

/** The link with one of its letters turned into another, as often as it has letters. */
function altered(url: string): string[] {
  const start = url.lastIndexOf("/") + 1;
  return Array.from(url.slice(start), (letter, index) => {
    const other = letter === "A" ? "B" : "A";
    return url.slice(0, start + index) + other + url.slice(start + index + 1);
  });
}

describe.each(landlords)("a download link of %s", (landlord) => {
  let owner: Client;
  let link: string;
  let id: string;
  beforeAll(async () => {
    owner = await signedInAs(demo, landlord, "everything");
    ({ url: link, id } = await noticeOf(owner));
  });

  test("gives the file", async () => {
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });

  test("G-05 is nothing with any one letter altered", async () => {
    const links = altered(link);
    expect(links.length).toBeGreaterThan(100);
    const statuses = await Promise.all(links.map(statusOf));
    expect(new Set(statuses)).toEqual(new Set([404]));
  });

  test("is nothing under the other landlord, and under none", async () => {
    for (const other of [elsewhere(landlord), "nowhere"]) {
      const moved = link.replace(`/files/${landlord}/`, `/files/${other}/`);
      expect(moved).not.toBe(link);
      expect(await statusOf(moved)).toBe(404);
    }
  });

  test("is nothing with the id of a document in its place", async () => {
    expect(await statusOf(link.slice(0, link.lastIndexOf("/") + 1) + id)).toBe(404);
  });

  test("G-05 is not made for a neighbour, nor for a stranger", async () => {
    for (const where of landlords) {
      const other = await signedInAs(demo, where, "threeContracts");
      const { data, errors } = await other(operation("F35-download"), { id });
      expect(data).toEqual({ document: null });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
    }
  });

  test("is nothing once its owner has signed out, whoever else is signed in", async () => {
    const again = await signedInAs(demo, landlord, "everything");
    const { url } = await noticeOf(again);
    expect(await statusOf(url)).toBe(200);
    const { data } = await again(operation("F06-sign-out"));
    expect(data.signOut.signedOut).toBe(true);
    expect(await statusOf(url)).toBe(404);
    expect(await statusOf(link)).toBe(200);
  });
});
