import type { ServerResponse } from "node:http";

interface Call {
  operation: string;
  /** When it arrived, in UTC. */
  at: string;
  /** Null when no status was sent. */
  status: number | null;
  ms: number;
  /** "cut": by a fault, from the server's side. */
  ended: "answered" | "cut" | "aborted by client";
}

export interface Calls {
  /** Counts a call from now until its answer is sent or its connection is gone. */
  begin(outgoing: ServerResponse): { named(operation: string): void };
  /** `calls` holds those that have ended, oldest first. */
  report(): { total: number; atOnce: number; mostAtOnce: number; calls: Call[] };
  /** Cuts whatever is under way. */
  cutAll(): void;
  /** Starts counting afresh; calls that are under way stay counted in `atOnce`. */
  forget(): void;
}

const kept = 10_000;

export function countCalls(): Calls {
  let total = 0;
  let mostAtOnce = 0;
  let calls: Call[] = [];
  const underWay = new Set<ServerResponse>();

  function begin(outgoing: ServerResponse) {
    const started = Date.now();
    let operation = "(unread)";
    total++;
    underWay.add(outgoing);
    mostAtOnce = Math.max(mostAtOnce, underWay.size);
    const end = (ended: Call["ended"]) => {
      if (!underWay.delete(outgoing)) return;
      const status = outgoing.headersSent ? outgoing.statusCode : null;
      const at = new Date(started).toISOString();
      calls.push({ operation, at, status, ms: Date.now() - started, ended });
      if (calls.length > kept) calls = calls.slice(-kept);
    };
    outgoing.once("finish", () => end("answered"));
    outgoing.once("close", () => end(isCut(outgoing) ? "cut" : "aborted by client"));
    return {
      named: (name: string) => {
        operation = name;
      },
    };
  }

  function forget() {
    total = 0;
    mostAtOnce = underWay.size;
    calls = [];
  }

  const report = () => ({ total, atOnce: underWay.size, mostAtOnce, calls });
  const cutAll = () => underWay.forEach(cut);
  return { begin, report, cutAll, forget };
}

const cutOnes = new WeakSet<ServerResponse>();
const isCut = (outgoing: ServerResponse) => cutOnes.has(outgoing);

/** Destroys the connection without another word, and has the call counted as cut. */
export function cut(outgoing: ServerResponse): void {
  cutOnes.add(outgoing);
  outgoing.destroy();
}
