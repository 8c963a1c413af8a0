/** `landlord check`: is a landlord's file right, and does its ERP answer as the file says? */
import type { Command } from "commander";
import { Landlord } from "../../subgraphs/kernel/landlord.ts";
import type { Run } from "../cli.ts";
import {
  anyFault,
  fault,
  ok,
  skipped,
  warning,
  wordFindings,
  wordSum,
  type Finding,
} from "../findings.ts";
import { landlordNames, readLandlordOf, type LandlordOf } from "../landlord-of.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { checkLandlords } from "../doctor/landlords.ts";
import { askedOf, checkErp } from "./check-erp.ts";
import type { KnownTenant } from "./dated.ts";
import { addressesIn, probeAddress, type Address } from "./network.ts";
import { unsetVariable } from "./variables.ts";
import type { Zone } from "./zone.ts";

interface Flags extends KnownTenant {
  readonly all?: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
}

export function registerLandlordCheck(parent: Command, terminal: Terminal, run: Run): void {
  parent
    .command("check")
    .description("is the file right, can its ERP be reached, does it answer as the file says?")
    .argument("[landlord]", "its name, or the path of its file")
    .option("--all", "every landlord of the folder")
    .option("--offline", "the file only: nothing is asked, variables need not be set")
    .option("--reference <text>", "of a test tenant, as it is typed: dates are then compared, too")
    .option("--person <key>", "the same by the ERP's own key")
    .option("--json", "for programs")
    .addHelpText(
      "after",
      "\nChanges nothing in the ERP. Ends with 0 in good order, 1 with a fault, 2 called wrongly.",
    )
    .action(run((asked: string | undefined, flags: Flags) => check(asked, flags, terminal)));
}

interface Report {
  readonly landlord: string;
  readonly findings: readonly Finding[];
}

async function check(
  asked: string | undefined,
  flags: Flags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (flags.all && asked !== undefined) throw new UsageError("Give a landlord or --all, not both.");
  const names = flags.all ? landlordNames(terminal) : [asked];
  const reports: Report[] = [];
  for (const name of names) {
    if (terminal.signal.aborted) break;
    terminal.progress(`${name ?? ""} …`);
    const report = await checkOne(name, flags, terminal);
    reports.push(report);
    if (flags.json) continue;
    const sum = wordSum(report.findings);
    terminal.progress("");
    terminal.print(
      `${terminal.style("bold", report.landlord)}: ${sum}\n${wordFindings(report.findings, terminal)}`,
    );
  }
  if (flags.all) reports.push(...(await betweenFiles(terminal)));
  const shared = reports.find(({ landlord }) => landlord === allTogether);
  if (shared && !flags.json) {
    terminal.print(
      `${shared.landlord}: ${wordSum(shared.findings)}\n${wordFindings(shared.findings, terminal)}`,
    );
  }
  if (flags.json) terminal.print(`${JSON.stringify(reports, null, 2)}\n`);
  return reports.some(({ findings }) => anyFault(findings)) ? 1 : 0;
}

const allTogether = "all together";

/** What one file alone cannot show: an id or a host that two of them claim. */
async function betweenFiles(terminal: Terminal): Promise<Report[]> {
  const findings = await checkLandlords(terminal, false);
  const shared = findings.filter(
    ({ hint }) => hint !== undefined && /which .+ has already/.test(hint),
  );
  return shared.length > 0 ? [{ landlord: allTogether, findings: shared }] : [];
}

async function checkOne(
  name: string | undefined,
  flags: Flags,
  terminal: Terminal,
): Promise<Report> {
  const of = await readLandlordOf(terminal, name);
  const findings = fileFindings(of, flags);
  const landlord = Landlord.safeParse(of.value).data;
  const shown = landlord?.id ?? of.file;
  if (flags.offline || anyFault(findings) || !landlord) return { landlord: shown, findings };
  return {
    landlord: shown,
    findings: [...findings, ...(await askAll(of, landlord, flags, terminal))],
  };
}

/** What the gateway would say of the file; what the environment lacks is no fault of the file. */
function fileFindings({ faults, file }: LandlordOf, { offline }: Flags): Finding[] {
  const unset = faults.flatMap((one) => unsetVariable(one) ?? []);
  const wrong = faults.filter((one) => unsetVariable(one) === null);
  const findings = wrong.map(({ file: place, line, field, expected }) =>
    fault(
      "file",
      [`${place}${line > 0 ? `:${line}` : ""}`, field, `expected ${expected}`]
        .filter(Boolean)
        .join("  "),
    ),
  );
  if (wrong.length === 0) findings.push(ok("file", `${file} is as it should be`));
  if (unset.length > 0) {
    const said = `not set here: ${[...new Set(unset)].join(", ")}`;
    const hint = "Set them in the environment of the gateway, and where this command runs.";
    findings.push(offline ? warning("variables", said, hint) : fault("variables", said, hint));
  }
  return findings;
}

async function askAll(
  of: LandlordOf,
  landlord: Landlord,
  { reference, person }: Flags,
  terminal: Terminal,
): Promise<Finding[]> {
  const asking = { signal: terminal.signal, now: terminal.now, ms: landlord.erp.deadlineMs };
  const ways = await probeAll(addressesIn(of.settings, "erp.settings"), { ...asking, ca: of.ca });
  const around = await probeAround(of, landlord, asking);
  if (anyFault(ways)) {
    return [...ways, skipped("ERP", "not asked: it cannot be reached"), ...around];
  }
  const answered = await checkErp({
    ...askedOf(of, landlord),
    tenant: { reference, person },
    zone: zoneOf(of.settings, landlord),
    ...asking,
  });
  return [...ways, ...answered, ...around];
}

const probeAll = async (
  addresses: readonly Address[],
  asking: Parameters<typeof probeAddress>[1],
) => (await Promise.all(addresses.map((address) => probeAddress(address, asking)))).flat();

/** Addresses beside the ERP: without them people can sign in, but not all works. */
async function probeAround(
  { paymentSettings }: LandlordOf,
  { portalUrl }: Landlord,
  asking: Parameters<typeof probeAddress>[1],
): Promise<Finding[]> {
  const payment = await probeAll(addressesIn(paymentSettings, "payment.settings"), asking);
  const portal = await probeAll(addressesIn({ portalUrl }, "the file"), asking);
  const under = (what: string) => (finding: Finding) => ({
    ...finding,
    step: `${what}: ${finding.step}`,
  });
  return [...payment.map(under("payment")), ...portal.map(under("portal"))];
}

function zoneOf(settings: unknown, { timeZone }: Landlord): Zone {
  const own = (settings as { timeZone?: unknown }).timeZone;
  return typeof own === "string"
    ? { field: "erp.settings.timeZone", zone: own, landlord: timeZone }
    : { field: null, zone: timeZone, landlord: timeZone };
}
