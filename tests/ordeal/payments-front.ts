/**
 * What stands before the gateways and takes what comes from providers and browsers to any of them.
 * It also does what can happen on the way: tells the same to two gateways at once, and lets
 * somebody read a true message and send on what they made of it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Random } from "../../mocks/world/random.ts";

export interface Front {
  readonly url: string;
  /** How often something made of a true message was taken for one. */
  readonly forgedTaken: number;
  close(): Promise<void>;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

/** `urls`: of the gateways, which need not be up. */
export async function startFront(urls: readonly string[], random: Random): Promise<Front> {
  let forgedTaken = 0;
  const server = createServer(async (request, response) => {
    const sent = await read(request);
    const target = random.pick(urls as [string, ...string[]]);
    const others = random.chance(30) ? urls.filter((url) => url !== target) : [];
    const answers = await Promise.all([target, ...others].map((url) => pass(sent, url)));
    if (sent.path.startsWith("/notifications/lyra/") && answers[0]?.ok && random.chance(30)) {
      const taken = await Promise.all(forged(sent).map((one) => pass(one, target)));
      forgedTaken += taken.filter((answer) => answer?.ok).length;
    }
    await giveBack(answers[0] ?? null, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get forgedTaken() {
      return forgedTaken;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function read(request: IncomingMessage): Promise<Sent> {
  const { method = "GET", url = "/", headers } = request;
  const body = Buffer.concat(await request.toArray());
  return { method, path: url, type: headers["content-type"] ?? "", body };
}

/** Byte by byte; null where nobody answers. */
async function pass({ method, path, type, body }: Sent, url: string): Promise<Response | null> {
  try {
    return await fetch(url + path, {
      method,
      headers: type === "" ? {} : { "content-type": type },
      ...(method === "POST" && { body: new Uint8Array(body) }),
      redirect: "manual",
    });
  } catch {
    return null;
  }
}

/** Without an answer from the gateway the connection is cut, as the gateway's own would be. */
async function giveBack(answer: Response | null, response: ServerResponse): Promise<void> {
  if (!answer) {
    response.destroy();
    return;
  }
  const text = await answer.text().catch(() => null);
  if (text === null) response.destroy();
  else response.writeHead(answer.status).end(text);
}

/** All that can be done to a signed message without the key. */
function forged(sent: Sent): Sent[] {
  const changed = (changes: Readonly<Record<string, string>>): Sent => {
    const form = new URLSearchParams(sent.body.toString());
    for (const [name, value] of Object.entries(changes)) form.set(name, value);
    return { ...sent, body: Buffer.from(form.toString()) };
  };
  const [, , , landlord] = sent.path.split("/");
  const another = landlord === "ivry" ? "chartres" : "ivry";
  return [
    changed({ vads_effective_amount: "1", vads_amount: "1" }),
    changed({ vads_trans_status: "CAPTURED", vads_trans_uuid: "e".repeat(32) }),
    changed({ vads_order_id: "0".repeat(25) }),
    { ...sent, body: Buffer.concat([sent.body, Buffer.from("&vads_trans_status=CAPTURED")]) },
    { ...sent, path: `/notifications/lyra/${another}` },
  ];
}
