/** What an adapter answered, against the port's own shapes and against what was asked. */
import { PortError } from "../ports/errors.ts";
import type { MethodSpec } from "../ports/port.ts";

/** Hears of an answer that holds somebody else's things: an alarm, whoever's slip it is. */
export type OnForeign = (place: string) => void;

/** Throws BAD_RESPONSE for what does not fit. */
export function checkAnswers(
  keys: readonly unknown[],
  answers: unknown,
  spec: MethodSpec,
  place: string,
  onForeign?: OnForeign,
): unknown[] {
  if (!Array.isArray(answers))
    throw new PortError("BAD_RESPONSE", `${place}: the answer is no list`);
  if (answers.length !== keys.length) {
    throw new PortError(
      "BAD_RESPONSE",
      `${place}: ${keys.length} keys, but ${answers.length} answers`,
    );
  }
  return answers.map((answer, index) => {
    const checked = check(spec, answer, `${place}[${index}]`);
    refuseOthersThings(keys[index], checked, place, onForeign);
    return checked;
  });
}

/** Says where the answer is wrong, never what stood there: it may be personal. */
export function check(spec: MethodSpec, answer: unknown, place: string): unknown {
  const result = spec.answer.safeParse(answer);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".")} ${issue.code}`);
  throw new PortError("BAD_RESPONSE", `${place}: the answer does not fit: ${faults.join("; ")}`);
}

interface Thing {
  readonly key?: unknown;
  readonly contractKey?: unknown;
}

/**
 * What was asked of one contract may hold nothing of another, and who asks for one person or one
 * thing gets that one: an ERP's slip stops here.
 */
function refuseOthersThings(
  key: unknown,
  answer: unknown,
  place: string,
  onForeign?: OnForeign,
): void {
  if (answer === null || typeof answer !== "object") return;
  const asked = askedFor(key, place);
  for (const thing of thingsIn(answer)) {
    const foreign =
      (asked.contract !== undefined && (thing.contractKey ?? asked.contract) !== asked.contract) ||
      (asked.key !== undefined && (thing.key ?? asked.key) !== asked.key);
    if (!foreign) continue;
    onForeign?.(place);
    throw new PortError("BAD_RESPONSE", `${place}: the answer holds a thing of somebody else`);
  }
}

function thingsIn(answer: object): readonly Thing[] {
  if (Array.isArray(answer)) return answer as Thing[];
  return "items" in answer && Array.isArray(answer.items) ? (answer.items as Thing[]) : [answer];
}

/** The contract and the thing that a key names, where it names one: ports name their methods alike. */
function askedFor(key: unknown, place: string): { contract?: unknown; key?: unknown } {
  const method = place.slice(place.indexOf(".") + 1);
  if (typeof key === "string") {
    return method === "ofContracts" ? { contract: key } : method === "byKeys" ? { key } : {};
  }
  const { contractKey, key: own } = (key ?? {}) as Thing;
  return method === "byKeys" ? { contract: contractKey, key: own } : { contract: contractKey };
}
