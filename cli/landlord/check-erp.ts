/** What a landlord's ERP answers, through its adapter: credentials, time, places, clock, ports. */
import { PortError } from "../../adapters/ports/errors.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import type { LandlordOf } from "../landlord-of.ts";
import { anyFault, fault, ok, skipped, warning, type Finding } from "../findings.ts";
import { openErp, type ErpSettings, type OpenErp } from "./erp.ts";
import { findKnown, readDated, type KnownTenant } from "./dated.ts";
import { offeredFindings } from "./offered.ts";
import { findProbe, refusesUs, type Probe, type Probed } from "./probe.ts";
import { judgeZone, type Zone } from "./zone.ts";

export interface ErpAsked {
  readonly erp: ErpSettings;
  readonly landlord: Landlord;
  /** Names of the variables that hold the ERP's secrets. */
  readonly variables: readonly string[];
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** How the ERP of a file without faults is asked, and what its secrets are called. */
export function askedOf(
  { adapters, settings, ca }: LandlordOf,
  landlord: Landlord,
): Omit<ErpAsked, "signal" | "now"> {
  const { id, erp } = landlord;
  const adapter = adapters.get(erp.product)!;
  const variables = adapter.secrets.flatMap((key) => variableIn(erp.settings[key]));
  return { erp: { ...erp, id, adapter, settings, ca }, landlord, variables };
}

const variableIn = (written: unknown): string[] => {
  const { env } = (written ?? {}) as { env?: unknown };
  return typeof env === "string" ? [env] : [];
};

export interface ErpCheck extends ErpAsked {
  readonly tenant: KnownTenant;
  readonly zone: Zone;
}

/** Asks the ERP; changes nothing in it. Stops early where everything else would fail of the same. */
export const checkErp = (check: ErpCheck): Promise<Finding[]> =>
  withErp(check, (erp) => askAll(erp, check));

/** Asks the ERP once: whether it answers, and takes our credentials. */
export const askErpOnce = (asked: ErpAsked): Promise<Finding[]> =>
  withErp(asked, (erp) => askFirst(erp, asked).then(({ findings }) => findings));

async function withErp(
  check: ErpAsked,
  ask: (erp: OpenErp) => Promise<Finding[]>,
): Promise<Finding[]> {
  let erp: OpenErp;
  try {
    erp = await openErp(check.erp, check);
  } catch (error) {
    const reason = error instanceof PortError ? ` (${error.message})` : "";
    const hint = `Its README: adapters/erp/${check.erp.adapter.id}/README.md.`;
    return [fault("ERP", `the adapter cannot be connected${reason}`, hint)];
  }
  try {
    return await ask(erp);
  } finally {
    await erp.close();
  }
}

async function askFirst(
  erp: OpenErp,
  check: ErpAsked,
): Promise<{ probed: Probed | null; findings: Finding[] }> {
  const kind = check.landlord.registration.reference.accepts[0]?.kind ?? "CUSTOMER";
  const startedAt = performance.now();
  const probed = await findProbe(erp, { kind });
  if (probed) {
    const findings = judgeFirst(probed, erp, check, performance.now() - startedAt);
    return { probed, findings };
  }
  const hint = "Give `landlord check` --person (a key) or --reference of a test tenant.";
  return { probed, findings: [skipped("ERP", "no read reaches it with a key of nobody", hint)] };
}

async function askAll(erp: OpenErp, check: ErpCheck): Promise<Finding[]> {
  const { probed, findings } = await askFirst(erp, check);
  const offered = offeredFindings(erp.ports.served, check.landlord);
  if (!probed || anyFault(findings)) return [...findings, ...offered];
  return [
    ...findings,
    ...(await judgeTimes(probed.probe, erp, check)),
    ...(await judgePlaces(probed.probe, erp, check)),
    ...(await judgeDated(erp, check)),
    ...offered,
  ];
}

function judgeFirst(
  { name, error }: Probed,
  { seen }: OpenErp,
  check: ErpAsked,
  ms: number,
): Finding[] {
  const [alarm] = seen.alarms;
  if (alarm !== undefined) return [wordAlarm(alarm, check)];
  if (refusesUs(error)) return [wordAlarm("the ERP refuses our credentials", check)];
  if (error) return [wordError(error, check)];
  return [
    ok("ERP", `answers ${name} of somebody who does not exist`, ms),
    ok("credentials", "are accepted"),
  ];
}

function wordAlarm(alarm: string, { variables }: ErpAsked): Finding {
  const settings = variables.length > 0 ? ` and the variable ${variables.join(", ")}` : "";
  const hint = `Look at erp.settings${settings}: are they of this system, of test or production, and not locked?`;
  return fault("credentials", alarm, hint);
}

/** By code: what that means where a landlord is plugged in, and what to do. */
function wordError({ code, message }: PortError, check: ErpAsked): Finding {
  const page = /\bpage\b|html/i.test(message);
  const readme = `adapters/erp/${check.erp.adapter.id}/README.md`;
  if (page || code === "BAD_RESPONSE") {
    const hint =
      "A login page, a maintenance page, or the address of something else: open it in a browser, and look at the path in erp.settings.";
    const what = page ? "a web page" : "something that is no answer of this product";
    return fault("ERP", `answers with ${what} (${message})`, hint);
  }
  if (code === "TIMEOUT") {
    const said = `does not answer within erp.deadlineMs (${check.erp.deadlineMs} ms)`;
    return fault(
      "ERP",
      said,
      "Is it up? Have the landlord look at its load, or set a longer deadline.",
    );
  }
  if (code === "RATE_LIMITED") {
    return fault(
      "ERP",
      `turns calls away (${message})`,
      "Lower erp.concurrency; is another client using the same account?",
    );
  }
  if (code === "UNAVAILABLE") {
    return fault(
      "ERP",
      `is not available (${message})`,
      "Is it closed for the night, or in maintenance? Then set erp.closed, or try later.",
    );
  }
  return fault("ERP", `${code}: ${message}`, `Its habits: ${readme}.`);
}

const turns = 5;

async function judgeTimes(probe: Probe, erp: OpenErp, check: ErpCheck): Promise<Finding[]> {
  const before = erp.seen.exchanges.length;
  let failed: PortError | null = null;
  for (let turn = 0; turn < turns && !check.signal.aborted; turn++) failed ??= await probe();
  if (failed) return [wordError(failed, check)];
  const times = erp.seen.exchanges.slice(before).toSorted((a, b) => a - b);
  if (times.length === 0) return [skipped("time", "it was answered without asking the ERP again")];
  const median = Math.round(times[Math.floor((times.length - 1) / 2)]!);
  const slowest = Math.round(times.at(-1)!);
  const { deadlineMs } = check.erp;
  const said = `${median} ms in the middle, ${slowest} ms at most, of ${times.length} calls; the deadline is ${deadlineMs} ms`;
  if (slowest * 3 < deadlineMs) return [ok("time", said)];
  return [
    warning(
      "time",
      said,
      "Close to the deadline: a loaded evening will pass it. Raise erp.deadlineMs.",
    ),
  ];
}

/** As many calls at once as the file says that the ERP bears. */
async function judgePlaces(probe: Probe, erp: OpenErp, check: ErpCheck): Promise<Finding[]> {
  const { concurrency } = check.erp;
  const before = erp.seen.exchanges.length;
  const errors = (await Promise.all(Array.from({ length: concurrency }, probe))).filter(
    (error) => error !== null,
  );
  const [first] = errors;
  if (first) {
    const said = `of ${concurrency} calls at once ${errors.length} failed (${first.message})`;
    return [fault("concurrency", said, "Lower erp.concurrency to what the ERP bears.")];
  }
  const made = erp.seen.exchanges.length - before;
  if (made < concurrency) {
    return [skipped("concurrency", "it was answered without asking the ERP so often")];
  }
  return [ok("concurrency", `${concurrency} calls at once are borne`)];
}

async function judgeDated(erp: OpenErp, check: ErpCheck): Promise<Finding[]> {
  try {
    const known = await findKnown(erp, check.landlord, check.tenant);
    if (typeof known === "string") return [fault("tenant", known, "Give another one.")];
    const dated = known ? await readDated(erp, known, check) : [];
    return judgeZone(dated, check.zone);
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return [wordError(error, check)];
  }
}
