/** The control door of a mock ERP as the lever of the conformance checks. */
import type { FaultKind, Lever } from "../../adapters/conformance/lever.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import type { AppliedWrite } from "../../mocks/kit/writes.ts";

interface CallsReport {
  atOnce: number;
  mostAtOnce: number;
  calls: { operation: string }[];
}

/** Where `redirect` leads: nothing listens there. */
const elsewhere = "http://127.0.0.1:9/";
/** So long takes a slow call. */
const slowMs = 60;

export function askDoor({ doorUrl }: MockErp) {
  return async <T>(path: string, method = "GET", body?: unknown): Promise<T | null> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(doorUrl + path, { method, ...sent });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`the door says ${answer.status} to ${path}`);
    return (await answer.json()) as T;
  };
}

export function leverOn(erp: MockErp): Lever {
  const door = askDoor(erp);
  const details = (kind: FaultKind) => ({
    ...(kind === "redirect" ? { to: elsewhere } : {}),
    ...(kind === "slow" ? { ms: slowMs } : {}),
  });
  return {
    misbehave: async (kind, operation) => {
      const aimed = operation === undefined ? {} : { operation, times: 1 };
      await door("/faults", "PUT", [{ kind, ...details(kind), ...aimed }]);
    },
    behave: async () => {
      await door("/faults", "DELETE");
    },
    calls: async () => {
      const { atOnce, mostAtOnce, calls } = (await door<CallsReport>("/calls"))!;
      return { atOnce, mostAtOnce, operations: calls.map(({ operation }) => operation) };
    },
    forgetCalls: async () => {
      await door("/calls", "DELETE");
    },
    applied: async (port) =>
      (await door<AppliedWrite[]>("/writes"))!.filter(({ kind }) => kind === port).length,
    // Products without a night answer 404.
    settle: async () => {
      await door("/night", "POST");
    },
  };
}
