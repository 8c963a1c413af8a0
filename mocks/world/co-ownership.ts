import { addDays, firstOfMonth, lastOfMonth, later, monthInFrench, yearOf } from "./days.ts";
import { booksOf, type Account, type Ledger } from "./ledger.ts";
import { numberWithin } from "./numbers.ts";
import { randomFor, streams, type Random } from "./random.ts";
import type { WorldFundsCall, WorldMinutes } from "./types.ts";

/** A co-owner's account: a call for funds each quarter, no notices and no receipts. */
export function coOwnershipLedgerOf(
  account: Account,
  until: string,
  random: Random,
): Ledger & { fundsCalls: WorldFundsCall[] } {
  const asked = { notices: callsOf(account, until), regularisations: [], labelOf };
  const books = booksOf(account, asked, until, random);
  const fundsCalls = books.notices.map(({ lines, ...call }) => ({
    ...call,
    zone: "ONE_CO_OWNER" as const,
    cents: lines.reduce((sum, line) => sum + line.cents, 0),
  }));
  return { ...books, notices: [], receipts: [], fundsCalls };
}

type Call = Omit<Ledger["notices"][number], "number">;

const labelOf = ({ period }: Call): string => {
  const quarter = Math.floor(Number(period.from.slice(5, 7)) / 3) + 1;
  return `Appel de fonds ${quarter === 1 ? "1er" : `${quarter}e`} trimestre ${yearOf(period.from)}`;
};

/** Calls go out so many days before the quarter, on whose first day they are due. */
const daysBefore = 20;

/** Of the whole quarters of the account up to the evening of `until`, oldest first. */
function callsOf(account: Account, until: string): Call[] {
  const calls: Call[] = [];
  const begin = later(account.start, account.from);
  const ahead = addDays(until, daysBefore);
  for (let from = quarterFrom(begin); from <= ahead; from = firstOfMonth(from, 3)) {
    if (account.end !== null && from > account.end) break;
    const share = 0.98 ** Math.max(0, yearOf(until) - yearOf(from));
    calls.push({
      issuedOn: later(addDays(from, -daysBefore), account.start),
      period: { from, to: lastOfMonth(firstOfMonth(from, 2)) },
      dueDate: from,
      lines: account.tariff.map(({ label, cents }) => ({
        label,
        cents: Math.round(cents * share),
      })),
    });
  }
  return calls;
}

/** The first day of the first quarter that begins on `day` or later. */
function quarterFrom(day: string): string {
  const month = Number(day.slice(5, 7)) - 1;
  const from = firstOfMonth(day, -(month % 3));
  return from < day ? firstOfMonth(from, 3) : from;
}

/**
 * Minutes of the building's last three assemblies, newest first: the same for all who own there.
 * Whoever is of the council also has those of its own last six meetings, two a year.
 */
export function minutesOf(
  contract: number,
  building: number,
  council: boolean,
  until: string,
  seed: number,
): WorldMinutes[] {
  const years = [0, 1, 2, 3].map((ago) => yearOf(until) - ago);
  const meetings = council ? years.flatMap((year) => councilMeetings(building, year, seed)) : [];
  const assemblies = years.map((year) => assembly(building, year, seed));
  return [...lastOf(3, assemblies, until), ...lastOf(6, meetings, until)]
    .toSorted((a, b) => a.issuedOn.localeCompare(b.issuedOn))
    .map((minutes, i) => ({ ...minutes, number: numberWithin(contract, i + 1) }))
    .toReversed();
}

const lastOf = (count: number, all: Minutes[], until: string): Minutes[] =>
  all
    .filter(({ issuedOn }) => issuedOn <= until)
    .toSorted((a, b) => b.issuedOn.localeCompare(a.issuedOn))
    .slice(0, count);

type Minutes = Omit<WorldMinutes, "number">;

function assembly(building: number, year: number, seed: number): Minutes {
  const random = randomFor(seed, streams.assembly, building * 3000 + year);
  const kind = random.chance(15) ? "assemblée générale extraordinaire" : "assemblée générale";
  const meetingDate = `${year}-0${random.int(3, 6)}-${random.int(10, 28)}`;
  return {
    zone: "ALL_CO_OWNERS",
    issuedOn: addDays(meetingDate, random.int(12, 28)),
    meetingDate,
    title: `Procès-verbal de l’${kind} du ${dayInFrench(meetingDate)}`,
  };
}

function councilMeetings(building: number, year: number, seed: number): Minutes[] {
  const random = randomFor(seed, streams.assembly, -(building * 3000 + year));
  return [`${year}-02-`, `${year}-10-`].map((month) => {
    const meetingDate = `${month}${random.int(10, 28)}`;
    return {
      zone: "COUNCIL" as const,
      issuedOn: addDays(meetingDate, random.int(3, 10)),
      meetingDate,
      title: `Compte rendu du conseil syndical du ${dayInFrench(meetingDate)}`,
    };
  });
}

const dayInFrench = (day: string) => `${Number(day.slice(8))} ${monthInFrench(day)}`;
