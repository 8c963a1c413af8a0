/** Clients that hold connections: those are closed within 15 seconds, and others are served meanwhile. */
import { get } from "node:http";
import type { Socket } from "node:net";
import { asking, type Attack, type Seen, type Target } from "./attack.ts";
import { closed, open, send, type Answer } from "./send.ts";

const longestMs = 15_000;
/** Until an open connection is given up. */
const patienceMs = 20_000;

/** Runs while nobody attacks otherwise: they wait at the same time. */
export const connectionAttacks: readonly Attack[] = [
  holding("500 connections that say nothing", 500, async () => {}),
  holding("slow headers", 50, (socket) =>
    drip(socket, "POST /graphql HTTP/1.1\r\nhost: a\r\n", "x-slow: a\r\n"),
  ),
  holding("slow bodies", 50, (socket) =>
    drip(
      socket,
      "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n",
      " ",
    ),
  ),
  holding("slow chunks", 50, (socket) =>
    drip(
      socket,
      "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
      "1\r\n \r\n",
    ),
  ),
  holding("slow forms", 20, (socket) =>
    drip(
      socket,
      "POST /links/confirm HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 10000\r\n\r\n",
      "a",
    ),
  ),
  {
    name: "clients that read nothing of a file",
    ways: ["open", "given"],
    soon: false,
    run: async (target) => {
      if (!target.download) return null;
      const sockets: Socket[] = [];
      for (let i = 0; i < 3; i += 1) sockets.push(await ask(await target.download()));
      return judge(target, sockets);
    },
  },
];

function holding(name: string, howMany: number, hold: (socket: Socket) => Promise<void>): Attack {
  const run = async (target: Target) => {
    const sockets: Socket[] = [];
    for (let i = 0; i < howMany; i += 1) {
      const socket = await open(target.url);
      await hold(socket);
      sockets.push(socket.resume());
    }
    return judge(target, sockets);
  };
  return { name, ways: ["open", "given"], soon: false, run };
}

async function drip(socket: Socket, head: string, drop: string): Promise<void> {
  socket.write(head);
  const timer = setInterval(() => socket.write(drop), 1_000);
  socket.once("close", () => clearInterval(timer));
}

/** A connection on which an answer has begun, and from which nothing more is read. */
function ask(url: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (answer) => {
      answer.pause().on("error", () => {});
      resolve(answer.socket);
    }).on("error", reject);
  });
}

/** While they hold what they hold, somebody else asks each second. */
async function judge(target: Target, sockets: readonly Socket[]): Promise<Seen> {
  const answers: Answer[] = [];
  const asks = setInterval(() => {
    void send(target.url, asking(target, { query: "{ landlord { id } }" })).then((answer) =>
      answers.push(answer),
    );
  }, 1_000);
  const after = await Promise.all(sockets.map((socket) => endOf(socket)));
  clearInterval(asks);
  for (const socket of sockets) socket.destroy();
  const slowest = Math.max(...after);
  const said = Number.isFinite(slowest) ? `${Math.round(slowest)} ms` : "never";
  const unserved = answers.filter(({ status }) => status !== 200 && status !== 429).length;
  return {
    answers,
    faults: [
      ...(Number.isFinite(slowest) ? [] : [`held for more than ${patienceMs} ms`]),
      ...(unserved > 0 ? [`${unserved} others were not served`] : []),
    ],
    late: slowest > longestMs ? [`closed after ${said}`] : [],
    remark: `closed after ${said}`,
  };
}

/**
 * Who reads nothing does not see the end behind what was sent: writing to the connection shows whether
 * the other side is still there.
 */
async function endOf(socket: Socket): Promise<number> {
  const probe = setInterval(() => {
    if (socket.isPaused()) socket.write("\r\n");
  }, 500);
  return closed(socket, patienceMs).finally(() => clearInterval(probe));
}
