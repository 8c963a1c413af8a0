/**
 * Reminds people of surveys that they have not answered. Each account is looked at once a week, and
 * on the days on which a reminder may be due.
 */
import { contracts } from "../adapters/ports/contract.ts";
import { surveys, type Survey } from "../adapters/ports/surveys.ts";
import type { Account } from "../store/accounts.ts";
import type { ClaimedAccount } from "../store/survey-reminders.ts";
import type { Store } from "../store/store.ts";
import { post } from "../subgraphs/kernel/post.ts";
import { today } from "../subgraphs/kernel/today.ts";
import { about, callFor, dayMs, hourMs, lookMs, type Notifier } from "./notifier.ts";
import { surveyReminder } from "./survey-mails.ts";

/** How many accounts are looked at, one after the other, before somebody else may ask the ERP. */
const batch = 10;
const weekDays = 7;
/** So long after the answer was due it is remembered what was sent. */
const rememberedMs = 60 * dayMs;

/** Mails of this kind come by day. */
export function isDaytime({ landlord, now }: Notifier): boolean {
  const { timeZone } = landlord;
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit" }).format(now());
  return hour >= "08" && hour < "20";
}

/** Looks at the accounts that are due; whether there may be more. */
export async function lookAtSurveys(notifier: Notifier): Promise<boolean> {
  const { store, landlord } = notifier;
  await store.surveyReminders.enlist(landlord.id, dayMs);
  const claimed = await store.surveyReminders.claim(landlord.id, batch * lookMs(notifier), batch);
  for (const one of claimed) await lookAtAccount(notifier, one);
  return claimed.length === batch;
}

async function lookAtAccount(notifier: Notifier, claimed: ClaimedAccount): Promise<void> {
  const { store, landlord, now, log } = notifier;
  const again = (ms: number) => new Date(now().getTime() + ms);
  try {
    const open = await unansweredOf(notifier, claimed);
    const day = today({ landlord, now });
    const due = open.flatMap((survey) => dueReminders(survey, landlord.surveys.reminderDays, day));
    const days = daysUntilNext(open, landlord.surveys.reminderDays, day);
    await store.transaction(async (bound) => {
      if (!(await bound.surveyReminders.lookAgain(claimed, again(days * dayMs)))) return;
      if (due.length > 0) await remind(notifier, bound, claimed, due);
    });
  } catch (error) {
    await store.surveyReminders.lookAgain(claimed, again(about(2 * hourMs)));
    log("warn", "surveys could not be looked at", { landlord: landlord.id, err: error });
  }
}

/** The surveys of the account's contracts to which there is no answer, nor one on its way. */
async function unansweredOf(
  { store, landlord, ports }: Notifier,
  { accountId }: ClaimedAccount,
): Promise<Survey[]> {
  const persons = await store.accounts.persons(landlord.id, accountId);
  if (persons.length === 0) return [];
  const own = await ports.use(contracts).ofPersons(persons, callFor("contracts"));
  const keys = [...new Set(own.flat().map(({ key }) => key))];
  if (keys.length === 0) return [];
  const found = await ports.use(surveys).ofContracts(keys, callFor("surveys"));
  const open = found.flat().filter(({ status }) => status === "OPEN");
  if (open.length === 0) return [];
  const page = { limit: 50, before: null };
  const changes = await store.changes.ofAccount(landlord.id, accountId, page);
  const answering = changes.filter(({ kind, endedAt }) => kind === "SURVEY" && endedAt === null);
  return open.filter(({ contractKey }) =>
    answering.every((change) => change.contractKey !== contractKey),
  );
}

interface Due {
  readonly survey: Survey;
  readonly days: number;
}

const daysLeft = ({ dueDate }: Survey, day: string) =>
  Math.round((Date.parse(dueDate) - Date.parse(day)) / dayMs);

/** The reminder that is due: of several that were missed only the last one. */
function dueReminders(survey: Survey, reminderDays: readonly number[], day: string): Due[] {
  const left = daysLeft(survey, day);
  const passed = reminderDays.filter((days) => 0 <= left && left <= days);
  return passed.length > 0 ? [{ survey, days: Math.min(...passed) }] : [];
}

/** In how many days there may be something to send: one to seven. */
function daysUntilNext(
  open: readonly Survey[],
  reminderDays: readonly number[],
  day: string,
): number {
  const waits = open.flatMap((survey) =>
    reminderDays.map((days) => daysLeft(survey, day) - days).filter((wait) => wait > 0),
  );
  return Math.min(weekDays, ...waits);
}

async function remind(
  { landlord }: Notifier,
  bound: Store,
  claimed: ClaimedAccount,
  due: readonly Due[],
): Promise<void> {
  const account: Account | null = await bound.accounts.byId(landlord.id, claimed.accountId);
  if (!account) return;
  for (const { survey, days } of due) {
    const { contractKey, key: surveyKey, dueDate } = survey;
    const expiresAt = new Date(Date.parse(dueDate) + rememberedMs);
    const reminder = { contractKey, surveyKey, days, expiresAt };
    if (!(await bound.surveyReminders.isFirst(claimed, reminder))) continue;
    await post(bound, landlord, account.email, surveyReminder(landlord, account.language, survey));
  }
}
