/** Compares what was acknowledged with the ERPs' own lists of what they applied. */
import type { AppliedWrite } from "../../mocks/kit/writes.ts";
import type { Asked, Status, Told } from "./asked.ts";

/** By landlord. */
export type Received = ReadonlyMap<string, readonly AppliedWrite[]>;

export interface Count {
  asked: number;
  acknowledged: number;
  applied: number;
  rejected: number;
  /** Acknowledged, and neither at the ERP nor anywhere said to be on its way, or refused. */
  lost: number;
  /** More often at the ERP than asked for. */
  doubled: number;
  /** Before something that the same person had had acknowledged earlier for the same contract. */
  outOfOrder: number;
  /** Said to be refused, or not sent yet, and at the ERP all the same. */
  untrue: number;
  /** Not at their end yet, by where they stand. */
  open: Partial<Record<Status, number>>;
}

export interface Line extends Count {
  readonly landlord: string;
  readonly port: string;
}

export interface Verdict {
  readonly lines: readonly Line[];
  readonly total: Count;
  /** At an ERP without anybody having asked for it. */
  readonly strange: readonly AppliedWrite[];
  /** A line for each group that is lost, doubled or untrue, for whoever is to find out why. */
  readonly notes: readonly string[];
}

const nothing = (): Count => ({
  asked: 0,
  acknowledged: 0,
  applied: 0,
  rejected: 0,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
  untrue: 0,
  open: {},
});

export function judge(asked: readonly Asked[], told: Told, received: Received): Verdict {
  const lines = new Map<string, Line>();
  const known = new Set<AppliedWrite>();
  const whose = new Map<AppliedWrite, Asked>();
  const notes: string[] = [];
  for (const alike of groupBy(asked, sameMarks)) {
    const [first] = alike;
    const { landlord, port } = first!;
    const found = (received.get(landlord) ?? []).filter((write) => isRecordOf(first!, write));
    for (const write of found) known.add(write);
    if (alike.length === 1) for (const write of found) whose.set(write, first!);
    const name = `${landlord} ${port}`;
    if (!lines.has(name)) lines.set(name, { landlord, port, ...nothing() });
    const line = lines.get(name)!;
    const before = wrongIn(line);
    countGroup(line, alike, found.length, told);
    if (wrongIn(line) > before) notes.push(noteOf(alike, found.length, told));
  }
  for (const late of outOfOrder(received, whose)) {
    lines.get(`${late.landlord} ${late.port}`)!.outOfOrder += 1;
  }
  const strange = [...received.values()].flat().filter((write) => !known.has(write));
  const all = [...lines.values()].toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { lines: all, total: sum(all), strange, notes };
}

export const failed = ({ total, strange }: Verdict): boolean =>
  total.lost + total.doubled + total.outOfOrder + total.untrue + strange.length > 0;

const wrongIn = ({ lost, doubled, untrue }: Count) => lost + doubled + untrue;

function noteOf(alike: readonly Asked[], found: number, told: Told): string {
  const { landlord, port, about, marks } = alike[0]!;
  const stands = alike.flatMap(({ receipts }) =>
    [...receipts].map((receipt) => `${receipt} ${told.get(receipt) ?? "forgotten"}`),
  );
  return `${landlord} ${port} ${about} ${marks.join(" ")}: ${found} at the ERP; ${stands.join(", ")}`;
}

const nameOf = ({ landlord, port }: Line) => `${landlord} ${port}`;

/** What leaves the same record cannot be told apart, and is counted together: two ends of a mandate. */
const sameMarks = ({ landlord, port, about, marks }: Asked) =>
  [landlord, port, about, ...marks].join("\n");

function isRecordOf({ port, about, marks }: Asked, write: AppliedWrite): boolean {
  if (write.kind !== port || (write.contract ?? write.person) !== about) return false;
  const content = JSON.stringify(write.content);
  return marks.every((mark) => mark.test(content));
}

/** How often the ERP must have it at least, and may have it at most, if all that was said is true. */
const bounds: Record<Status, readonly [least: number, most: number]> = {
  ACCEPTED: [0, 0],
  SENDING: [0, 1],
  UNKNOWN: [0, 1],
  SENT: [0, 1],
  APPLIED: [1, 1],
  REJECTED: [0, 0],
  NEEDS_ATTENTION: [0, 1],
};
const forgotten = [1, 1] as const;
const unacknowledged = [0, 1] as const;

function countGroup(line: Line, alike: readonly Asked[], found: number, told: Told): void {
  let [least, most] = [0, 0];
  for (const { receipts, mayHoldAlready = false } of alike) {
    line.asked += 1;
    if (receipts.size > 0) line.acknowledged += 1;
    const stands = [...receipts].map((receipt) => told.get(receipt));
    for (const status of stands) if (status) countStatus(line, status);
    // The same request taken for several is to be applied once all the same.
    const each = stands.map((status) => (status ? bounds[status] : forgotten));
    if (each.length === 0) each.push(unacknowledged);
    if (!mayHoldAlready) least += Math.max(...each.map(([low]) => low));
    most += Math.max(...each.map(([, high]) => high));
  }
  line.lost += Math.max(0, least - found);
  line.doubled += Math.max(0, found - alike.length);
  line.untrue += Math.max(0, Math.min(found, alike.length) - most);
}

function countStatus(line: Line, status: Status): void {
  if (status === "APPLIED") line.applied += 1;
  else if (status === "REJECTED") line.rejected += 1;
  else line.open[status] = (line.open[status] ?? 0) + 1;
}

/** What was applied after something that had been asked for later. */
function outOfOrder(received: Received, whose: ReadonlyMap<AppliedWrite, Asked>): Asked[] {
  const late = new Set<Asked>();
  const latest = new Map<string, number>();
  for (const write of [...received.values()].flat()) {
    const asked = whose.get(write);
    if (!asked) continue;
    const lane = laneOf(asked);
    const before = latest.get(lane) ?? 0;
    if (asked.ordered && asked.sequence < before) late.add(asked);
    latest.set(lane, Math.max(before, asked.sequence));
  }
  return [...late];
}

/** Where the landlord's ERP applies in the night, all but payments waits for it. */
const nightly = new Set(["ivry"]);

function laneOf({ landlord, about, port }: Asked): string {
  const atOnce = nightly.has(landlord) && port === "cardPayments";
  return `${landlord} ${about} ${atOnce ? "at once" : ""}`;
}

function groupBy<T>(list: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(list, key).values()];
}

function sum(lines: readonly Line[]): Count {
  const total = nothing();
  for (const line of lines) {
    for (const name of Object.keys(total) as (keyof Count)[]) {
      if (name === "open") addOpen(total, line);
      else total[name] += line[name];
    }
  }
  return total;
}

function addOpen(total: Count, { open }: Count): void {
  for (const [status, count] of Object.entries(open) as [Status, number][]) {
    total.open[status] = (total.open[status] ?? 0) + count;
  }
}
