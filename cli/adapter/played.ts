/** A landlord's ERP as a recording has it: the same file, another address, the time of the recording. */
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { skip } from "../../adapters/conformance/check.ts";
import type { RunOptions } from "../../adapters/conformance/run.ts";
import { materialFile, readRecording, type Recording } from "../../adapters/recording/folder.ts";
import { recordedSecret } from "../../adapters/recording/leaf.ts";
import { startReplay } from "../../adapters/recording/replay.ts";
import type { ErpOf } from "../landlord-of.ts";
import { UsageError, type Terminal } from "../terminal.ts";
import { erpOrFaults } from "./erp-or-faults.ts";

export interface Played {
  readonly erp: ErpOf;
  /** The same, with a clock that goes on from the time of the recording. */
  readonly terminal: Terminal;
  /** The path of the keys with which was asked. */
  readonly material: string;
  misses(): number;
  close(): Promise<void>;
}

/** Null where the landlord's file is wrong. Throws UsageError where there is no such recording. */
export async function playedErp(
  terminal: Terminal,
  landlord: string | undefined,
  asked: string,
): Promise<Played | null> {
  const folder = resolve(terminal.folder, asked);
  const erp = await erpOrFaults(terminal, landlord, recordedSecret);
  if (!erp) return null;
  const recording = await recordingIn(folder);
  if (recording.product !== erp.adapter.id) {
    throw new UsageError(
      `${folder} is of ${recording.product}, and ${erp.id} has ${erp.adapter.id}.`,
    );
  }
  const { origin, misses, close } = await startReplay(recording.exchanges);
  const behind = terminal.now().getTime() - new Date(recording.recordedAt).getTime();
  return {
    erp: { ...erp, settings: leadingTo(origin, erp.settings), ca: null },
    terminal: { ...terminal, now: () => new Date(terminal.now().getTime() - behind) },
    material: join(folder, materialFile),
    misses,
    close,
  };
}

async function recordingIn(folder: string): Promise<Recording> {
  try {
    return await readRecording(folder);
  } catch (error) {
    throw new UsageError(`${folder} holds no recording: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Settings that are addresses, each with another origin and its own path. */
const leadingTo = (origin: string, settings: unknown): unknown =>
  Object.fromEntries(
    Object.entries(settings as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === "string" ? value.replace(/^https?:\/\/[^/?#]+/, origin) : value,
    ]),
  );

/**
 * One check after the other, so that it is known whose question was not recorded: that is no failure.
 * What fails is tried again once all questions before it are answered, theirs and its own.
 */
export const played = ({ misses }: Played): Pick<RunOptions, "sideBySide" | "around"> => ({
  sideBySide: 1,
  around: async (_check, find) => {
    const first = await find();
    if (first.status !== "fail" || misses() === 0) return first;
    await quiet(misses);
    const before = misses();
    const again = await find();
    if (again.status !== "fail") return again;
    await quiet(misses);
    return misses() > before ? skip("not recorded") : again;
  },
});

const quietMs = 50;

/** Until nothing more is missed for a moment. */
async function quiet(misses: () => number): Promise<void> {
  for (let before = -1; before !== misses();) {
    before = misses();
    await sleep(quietMs);
  }
}
