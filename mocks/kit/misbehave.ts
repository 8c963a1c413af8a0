import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { cut } from "./calls.ts";
import type { Fault, FaultKind } from "./faults.ts";
import { page, html } from "./html.ts";
import type { MockAnswer, MockProduct, MockRequest } from "./product.ts";
import { bytesOf, contentTypeOf, send, withLength } from "./send.ts";

/** One call that is to go wrong. */
interface Wrong {
  product: Pick<MockProduct, "answer" | "fault" | "closed">;
  request: MockRequest;
  outgoing: ServerResponse;
  fault: Fault;
}

type Misbehaviour = (wrong: Wrong) => Promise<void> | void;

/** Does to one call what the fault says. */
export async function misbehave(wrong: Wrong): Promise<void> {
  await ways[wrong.fault.kind](wrong);
}

const right = ({ product, request }: Wrong): Promise<MockAnswer> => product.answer(request);

const ways: Record<FaultKind, Misbehaviour> = {
  slow: async (wrong) => {
    const answer = await right(wrong);
    await wait(wrong.fault.ms ?? 1000, undefined, { ref: false });
    await send(wrong.outgoing, answer);
  },
  hang: () => {},
  drip: async (wrong) => drip(wrong.outgoing, await right(wrong), wrong.fault.ms ?? 20),
  "cut-before": ({ outgoing }) => cut(outgoing),
  "cut-after": async (wrong) => {
    await right(wrong);
    cut(wrong.outgoing);
  },
  "cut-middle": async (wrong) => cutInMiddle(wrong.outgoing, await right(wrong)),
  garbage: async (wrong) => send(wrong.outgoing, await instead(wrong, randomBytes(2048))),
  html: ({ outgoing }) => send(outgoing, webPage(200, "Connexion", "Identifiant, mot de passe ?")),
  "html-202": ({ outgoing }) =>
    send(outgoing, webPage(202, "Erreur technique", "Le service est momentanément indisponible.")),
  empty: async (wrong) => send(wrong.outgoing, await instead(wrong, Buffer.alloc(0))),
  fault: ({ product, request, outgoing }) => send(outgoing, product.fault(request)),
  closed: ({ product, request, outgoing }) => send(outgoing, product.closed(request)),
  // Reached only by a call that was under way when the port closed.
  refuse: ({ outgoing }) => cut(outgoing),
  huge: async (wrong) => endless(wrong.outgoing, await right(wrong)),
  redirect: ({ outgoing, fault }) =>
    send(outgoing, { status: 302, headers: { location: fault.to ?? "" }, body: "" }),
  bomb: async (wrong) => {
    const answer = await instead(wrong, await bomb());
    answer.headers["content-encoding"] = "gzip";
    await send(wrong.outgoing, answer);
  },
};

/** A 200 with another body under the content type that the right answer would have. */
async function instead(wrong: Wrong, body: Buffer): Promise<MockAnswer> {
  const answer = await right(wrong);
  if (typeof answer.body !== "string") await bytesOf(answer);
  return { status: 200, headers: { "content-type": contentTypeOf(answer) }, body };
}

function webPage(status: number, title: string, text: string): MockAnswer {
  const body = page(title, html`<p>${text}</p>`);
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

async function drip(outgoing: ServerResponse, answer: MockAnswer, ms: number): Promise<void> {
  const body = await bytesOf(answer);
  outgoing.writeHead(answer.status, withLength(answer, body.length));
  outgoing.flushHeaders();
  for (let i = 0; i < body.length && !outgoing.destroyed; i++) {
    outgoing.write(body.subarray(i, i + 1));
    await wait(ms, undefined, { ref: false });
  }
  outgoing.end();
}

async function cutInMiddle(outgoing: ServerResponse, answer: MockAnswer): Promise<void> {
  const body = await bytesOf(answer);
  outgoing.writeHead(answer.status, withLength(answer, body.length));
  const half = body.subarray(0, Math.ceil(body.length / 2));
  await new Promise((resolve) => outgoing.write(half, resolve));
  cut(outgoing);
}

async function endless(outgoing: ServerResponse, answer: MockAnswer): Promise<void> {
  const body = await bytesOf(answer);
  outgoing.writeHead(200, { "content-type": contentTypeOf(answer) });
  outgoing.write(body.subarray(0, Math.ceil(body.length / 2)));
  const more = Buffer.alloc(65_536, "a");
  const left = new AbortController();
  outgoing.once("close", () => left.abort());
  while (!outgoing.destroyed) {
    if (outgoing.write(more)) await wait(1, undefined, { ref: false });
    else await once(outgoing, "drain", { signal: left.signal }).catch(() => {});
  }
}

let packed: Promise<Buffer> | null = null;

/** A thousand gzip members of 1 MiB of spaces: gzip joins members, so this is one file of 1 GiB. */
function bomb(): Promise<Buffer> {
  packed ??= promisify(gzip)(Buffer.alloc(1_048_576, " ")).then((member) =>
    Buffer.concat(Array.from({ length: 1024 }, () => member)),
  );
  return packed;
}
