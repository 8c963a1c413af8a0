/**
 * `npm run features`: starts the demo, proves each row of the feature list for each landlord, prints
 * the table, and exits 1 when one fails. `--json`: an array of `{ id, landlord, status, detail }`.
 */
import { startTestDemo } from "../support/demo.ts";
import { openPortal, run, type Portal } from "./portal.ts";
import { NotOffered } from "./same.ts";
import { landlordOf, rows, type Code, type Row } from "./rows.ts";

interface Finding {
  id: string;
  landlord: string;
  status: "works" | "not offered" | "fails";
  detail: string;
}

async function find(
  row: Row,
  code: Code,
  portal: Portal,
  capabilities: readonly string[],
): Promise<Finding> {
  const place = { id: row.id, landlord: portal.landlord };
  const missing = row.needs.filter((need) => !capabilities.includes(need));
  if (missing.length > 0) {
    const status = row.x.includes(code) ? "fails" : "not offered";
    return { ...place, status, detail: `not served: ${missing.join(", ")}` };
  }
  try {
    return { ...place, status: "works", detail: await row.check(portal) };
  } catch (error) {
    if (error instanceof NotOffered && !row.x.includes(code)) {
      return { ...place, status: "not offered", detail: error.message };
    }
    return {
      ...place,
      status: "fails",
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

async function findAll(): Promise<Finding[]> {
  const demo = await startTestDemo();
  try {
    const findings: Finding[] = [];
    for (const [code, landlord] of Object.entries(landlordOf) as [Code, string][]) {
      const portal = openPortal(demo, landlord);
      const { landlord: shown } = await run(portal.front, "B01-landlord");
      for (const row of rows) findings.push(await find(row, code, portal, shown.capabilities));
    }
    return findings;
  } finally {
    await demo.stop();
  }
}

const word = { works: "works", "not offered": "not offered", fails: "FAILS" } as const;

function table(findings: readonly Finding[]): string {
  const landlords = Object.values(landlordOf);
  const width = Math.max(...landlords.map((landlord) => landlord.length), 11) + 2;
  const lines = rows.map(({ id, title }) => {
    const cells = landlords.map((landlord) => {
      const finding = findings.find((one) => one.id === id && one.landlord === landlord)!;
      return word[finding.status].padEnd(width);
    });
    return `${id}  ${title.padEnd(30)}${cells.join("")}`;
  });
  const head = `     ${"".padEnd(30)}${landlords.map((landlord) => landlord.padEnd(width)).join("")}`;
  const failures = findings.filter(({ status }) => status === "fails");
  const told = failures.map(({ id, landlord, detail }) => `FAILS ${id} ${landlord}: ${detail}`);
  return [
    head,
    ...lines,
    "",
    ...told,
    `${findings.length - failures.length} of ${findings.length} as they should be`,
  ].join("\n");
}

const findings = await findAll();
process.stdout.write(
  `${process.argv.includes("--json") ? JSON.stringify(findings, null, 2) : table(findings)}\n`,
);
process.exitCode = findings.some(({ status }) => status === "fails") ? 1 : 0;
