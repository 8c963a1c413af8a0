import { isAdult, isComplete } from "../../world/survey.ts";
import type { WorldSurvey, WorldSurveyMember } from "../../world/types.ts";
import { BusinessError, contractAsked } from "../answers/answer.ts";
import { householdStatuses, occupations } from "../answers/enquetes.ts";
import { keyOfContract, keyOfMember, keyOfSurvey } from "../keys.ts";
import type { Content, PavoisRequest } from "../messages.ts";
import { codes, filesIn, refuseValue, textOf, valueOf, type Ground, type Write } from "./write.ts";

/** Whoever is not named has left the household; somebody without a number has joined it. */
export const answerSurvey: Write = (request, ground) => {
  const contract = contractAsked(request, ground.directory);
  const key = textOf(request, "NumeroEnquete");
  const survey = contract.surveys.find((one) => keyOfSurvey(one) === key);
  if (!survey) throw new BusinessError(codes.unknown, `Enquête inconnue : ${key}`);
  if (survey.status === "CLOSED" || survey.status === "VALIDATED") {
    throw new BusinessError(codes.locked, "Enquête close ou déjà validée");
  }
  const members = membersIn(request, survey, ground);
  survey.members = members.map(({ member }) => member);
  survey.householdStatus = worldWord(householdStatuses, textOf(request, "SituationFamiliale"));
  survey.status = isComplete(survey) ? "VALIDATED" : "INCOMPLETE";
  const { householdStatus, status } = survey;
  return {
    kind: "surveyAnswers",
    contract: keyOfContract(contract),
    person: null,
    content: {
      survey: key,
      status,
      householdStatus,
      members: members.map(({ member, notice }) => ({ ...member, taxNotice: notice })),
    },
    object: key,
  };
};

function membersIn(request: PavoisRequest, survey: WorldSurvey, ground: Ground) {
  const named = request.groups.Membre!.flatMap((one) => valueOf(one, "NumeroMembre") ?? []);
  refuseValue(new Set(named).size < named.length, "le même membre deux fois");
  let last = Math.max(...survey.members.map(({ number }) => number));
  return request.groups.Membre!.map((written) => {
    const known = knownMember(survey, valueOf(written, "NumeroMembre"));
    return memberIn(written, { survey, known, number: known?.number ?? ++last }, ground);
  });
}

function knownMember(survey: WorldSurvey, key: string | null): WorldSurveyMember | null {
  if (key === null) return null;
  const known = survey.members.find((member) => keyOfMember(survey, member) === key);
  if (!known) throw new BusinessError(codes.unknown, `Membre inconnu : ${key}`);
  return known;
}

interface Place {
  survey: WorldSurvey;
  known: WorldSurveyMember | null;
  number: number;
}

function memberIn(written: Content, { survey, known, number }: Place, { directory }: Ground) {
  const birthDate = textOf(written, "DateNaissance");
  refuseValue(birthDate > directory.today, "naissance à venir");
  const [notice = null] = filesIn(written, "AvisImposition");
  const occupation = valueOf(written, "Activite");
  const member: WorldSurveyMember = {
    number,
    surname: textOf(written, "Nom"),
    givenName: textOf(written, "Prenom"),
    birthDate,
    occupation: occupation === null ? null : worldWord(occupations, occupation),
    taxIncomeCents: centsOf(valueOf(written, "RevenuFiscal")),
    taxNoticeNeeded: isAdult(birthDate, survey.year),
    taxNoticeReceived: notice !== null || (known?.taxNoticeReceived ?? false),
  };
  return { member, notice };
}

/** The World's word for one of Pavois's; the schema has let no other pass. */
const worldWord = <W extends string>(words: Record<W, string>, written: string): W =>
  (Object.keys(words) as W[]).find((word) => words[word] === written)!;

function centsOf(amount: string | null): number | null {
  if (amount === null) return null;
  const [whole = "", fraction = ""] = amount.split(".");
  return Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
}
