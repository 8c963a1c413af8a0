/** What is checked of a draft and of an answer alike; an answer must be whole besides. */
import type { Survey } from "../../../adapters/ports/surveys.ts";
import type { RequestContext } from "../../kernel/context.ts";
import type { Texts } from "../../kernel/landlord.ts";
import { textFaults } from "../../kernel/text-input.ts";
import { today } from "../../kernel/today.ts";
import { labels, type DraftFault } from "./messages.ts";
import { memberBehind } from "./surveys.ts";
import type { TypedDraft, TypedMember } from "./typed.ts";

const mostMembers = 20;
const longestName = 80;
/** The oldest people there have been. */
const oldest = 125;

export function statusFaults({ status }: Survey): DraftFault[] {
  if (status === "CLOSED") return [{ code: "SURVEY_CLOSED", field: ["surveyId"] }];
  return status === "VALIDATED" ? [{ code: "SURVEY_VALIDATED", field: ["surveyId"] }] : [];
}

/** What is wrong with what was typed; what was left out is not wrong here. */
export function typedFaults(
  context: RequestContext,
  survey: Survey,
  { members }: TypedDraft,
): DraftFault[] {
  if (members.length > mostMembers) {
    return [{ code: "TOO_MANY_MEMBERS", field: ["members"], values: { count: mostMembers } }];
  }
  return [
    ...memberIdFaults(context, survey, members),
    ...members.flatMap((member, index) => memberFaults(context, member, index)),
  ];
}

export const fieldOf = (index: number, name: keyof TypedMember): string[] => [
  "members",
  String(index),
  name,
];

function memberIdFaults(
  context: RequestContext,
  survey: Survey,
  members: readonly TypedMember[],
): DraftFault[] {
  const seen = new Set<string>();
  return members.flatMap(({ memberId }, index): DraftFault[] => {
    if (!memberId) return [];
    const field = fieldOf(index, "memberId");
    const known = memberBehind(context, survey, memberId);
    if (!known) return [{ code: "UNKNOWN_MEMBER", field }];
    if (seen.has(known.key)) return [{ code: "SAME_MEMBER_TWICE", field }];
    seen.add(known.key);
    return [];
  });
}

function memberFaults(context: RequestContext, member: TypedMember, index: number): DraftFault[] {
  const { birthDate, taxIncome } = member;
  const day = today(context);
  const fault = (
    code: "INVALID_FORMAT" | "IN_THE_FUTURE",
    name: keyof typeof labels & keyof TypedMember,
  ): DraftFault => ({ code, field: fieldOf(index, name), values: { label: labels[name] } });
  return [
    ...nameFaults(member.surname, fieldOf(index, "surname"), labels.surname),
    ...nameFaults(member.givenName, fieldOf(index, "givenName"), labels.givenName),
    ...(birthDate && birthDate > day ? [fault("IN_THE_FUTURE", "birthDate")] : []),
    ...(birthDate && Number(birthDate.slice(0, 4)) < Number(day.slice(0, 4)) - oldest
      ? [fault("INVALID_FORMAT", "birthDate")]
      : []),
    ...(taxIncome && amountOf(taxIncome) === null ? [fault("INVALID_FORMAT", "taxIncome")] : []),
  ];
}

const nameFaults = (typed: string | null | undefined, field: string[], label: Texts) =>
  typed?.trim() ? textFaults(typed, field, label, longestName) : [];

/** Euros as a port has them, `12345.00`; null for what is no such amount. */
export function amountOf(typed: string): string | null {
  const [, whole, cents = ""] = /^0*(\d{1,9})(?:\.(\d{0,2})0*)?$/.exec(typed) ?? [];
  return whole === undefined ? null : `${whole}.${cents.padEnd(2, "0")}`;
}
