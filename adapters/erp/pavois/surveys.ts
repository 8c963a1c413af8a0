import { z } from "zod";
import type { Changes } from "../../ports/changes.ts";
import {
  HouseholdStatus,
  Occupation,
  type Survey,
  type SurveyAnswer,
  type SurveyMember,
  type Surveys,
} from "../../ports/surveys.ts";
import { codeOf, text } from "../../transport/fields.ts";
import { attached, changesBy } from "./changes.ts";
import type { Pavois } from "./client.ts";
import { isSurvey, isSurveyMember } from "./keys.ts";
import { day, euros, flag, optionalAmount } from "./map.ts";
import { perContract } from "./per-contract.ts";
import { contract, given, notNegative, Refused, upTo } from "./written.ts";

const households = {
  SINGLE: "CELIBATAIRE",
  MARRIED: "MARIE",
  CIVIL_PARTNERSHIP: "PACSE",
  COHABITING: "CONCUBINAGE",
  DIVORCED: "DIVORCE",
  WIDOWED: "VEUF",
} as const satisfies Record<z.infer<typeof HouseholdStatus>, string>;

const occupations = {
  EMPLOYED: "SALARIE",
  SELF_EMPLOYED: "INDEPENDANT",
  JOBSEEKER: "DEMANDEUR_EMPLOI",
  RETIRED: "RETRAITE",
  STUDENT: "ETUDIANT",
  AT_HOME: "AU_FOYER",
  CHILD: "ENFANT",
  OTHER: "AUTRE",
} as const satisfies Record<z.infer<typeof Occupation>, string>;

const readBack = <W extends string>(names: readonly W[], codes: Readonly<Record<W, string>>) =>
  codeOf<W>(Object.fromEntries(names.map((name) => [codes[name], name])));

const memberRecord = z
  .object({
    NumeroMembre: text,
    Nom: text,
    Prenom: text,
    DateNaissance: day,
    Activite: readBack(Occupation.options, occupations).nullish(),
    RevenuFiscal: optionalAmount,
    AvisDemande: flag,
    AvisRecu: flag,
  })
  .transform((record): SurveyMember => ({
    key: record.NumeroMembre,
    surname: record.Nom,
    givenName: record.Prenom,
    birthDate: record.DateNaissance,
    occupation: record.Activite ?? null,
    taxIncome: record.RevenuFiscal === null ? null : euros(record.RevenuFiscal),
    taxNoticeNeeded: record.AvisDemande,
    taxNoticeReceived: record.AvisRecu,
  }));

const surveyRecord = z
  .object({
    NumeroEnquete: text,
    NumeroContrat: text,
    Nature: z.enum(["SLS", "OPS"]),
    Annee: z
      .string()
      .regex(/^\s*\d{4}\s*$/)
      .transform(Number),
    ReponseAvantLe: day,
    Etat: codeOf({
      OUVERTE: "OPEN",
      INCOMPLETE: "INCOMPLETE",
      VALIDEE: "VALIDATED",
      CLOSE: "CLOSED",
    }),
    SituationFamiliale: readBack(HouseholdStatus.options, households).nullish(),
    Membre: z.array(memberRecord).min(1),
  })
  .transform((record) => {
    const item: Survey = {
      key: record.NumeroEnquete,
      contractKey: record.NumeroContrat,
      kind: record.Nature,
      year: record.Annee,
      dueDate: record.ReponseAvantLe,
      status: record.Etat,
      householdStatus: record.SituationFamiliale ?? null,
      members: record.Membre,
    };
    return { contract: record.NumeroContrat, item };
  });

/** Pavois has the oldest first. */
export const createSurveys = (pavois: Pavois): Surveys => ({
  ofContracts: perContract(
    pavois,
    { operation: "ListerEnquetes", element: "Enquete", shape: surveyRecord },
    (found) => found.toReversed(),
  ),
});

export const createSurveyAnswers = (pavois: Pavois): Changes<SurveyAnswer> =>
  changesBy(pavois, "STORED_ID", async (change) => {
    const { surveyKey, householdStatus, members } = change.payload;
    if (!isSurvey(surveyKey)) throw new Refused("UNKNOWN_THING");
    const args = {
      ...contract(change.contractKey),
      NumeroEnquete: surveyKey,
      SituationFamiliale: households[householdStatus],
    };
    const written = members.map(member);
    const notices = await attached(
      change,
      members.flatMap(({ taxNotice }) => taxNotice ?? []),
    );
    // In the order of the members who sent one.
    const Membre = written.map((fields, i) =>
      given({ ...fields, AvisImposition: members[i]!.taxNotice && notices.shift() }),
    );
    return { operation: "RepondreEnquete", args: { ...args, Membre } };
  });

function member(said: SurveyAnswer["members"][number]): Record<string, unknown> {
  if (said.key !== null && !isSurveyMember(said.key)) throw new Refused("UNKNOWN_THING");
  return {
    NumeroMembre: said.key,
    Nom: upTo(60, said.surname),
    Prenom: upTo(50, said.givenName),
    DateNaissance: said.birthDate,
    Activite: said.occupation && occupations[said.occupation],
    RevenuFiscal: said.taxIncome && notNegative(said.taxIncome),
  };
}
