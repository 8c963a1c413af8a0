import type { WorldContract, WorldSurvey, WorldSurveyMember } from "../../world/types.ts";
import { box, decimal, el } from "../format.ts";
import { keyOfContract, keyOfMember, keyOfSurvey } from "../keys.ts";
import { contractsAsked, type Answer } from "./answer.ts";

export const occupations = {
  EMPLOYED: "SALARIE",
  SELF_EMPLOYED: "INDEPENDANT",
  JOBSEEKER: "DEMANDEUR_EMPLOI",
  RETIRED: "RETRAITE",
  STUDENT: "ETUDIANT",
  AT_HOME: "AU_FOYER",
  CHILD: "ENFANT",
  OTHER: "AUTRE",
};

export const householdStatuses = {
  SINGLE: "CELIBATAIRE",
  MARRIED: "MARIE",
  CIVIL_PARTNERSHIP: "PACSE",
  COHABITING: "CONCUBINAGE",
  DIVORCED: "DIVORCE",
  WIDOWED: "VEUF",
};

const states = {
  OPEN: "OUVERTE",
  INCOMPLETE: "INCOMPLETE",
  VALIDATED: "VALIDEE",
  CLOSED: "CLOSE",
};

/** Oldest first. */
export const listSurveys: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .flatMap((contract) => contract.surveys.toReversed().map((one) => surveyXml(contract, one)))
    .join(""),
});

const surveyXml = (contract: WorldContract, survey: WorldSurvey) =>
  box(
    "enq:Enquete",
    el("enq:NumeroEnquete", keyOfSurvey(survey)),
    el("enq:NumeroContrat", keyOfContract(contract)),
    el("enq:Nature", survey.kind),
    el("enq:Annee", String(survey.year)),
    el("enq:ReponseAvantLe", survey.dueDate),
    el("enq:Etat", states[survey.status]),
    el(
      "enq:SituationFamiliale",
      survey.householdStatus && householdStatuses[survey.householdStatus],
    ),
    ...survey.members.map((member) => memberXml(survey, member)),
  );

const memberXml = (survey: WorldSurvey, member: WorldSurveyMember) =>
  box(
    "enq:Membre",
    el("enq:NumeroMembre", keyOfMember(survey, member)),
    el("enq:Nom", member.surname),
    el("enq:Prenom", member.givenName),
    el("enq:DateNaissance", member.birthDate),
    el("enq:Activite", member.occupation ? occupations[member.occupation] : undefined),
    el("enq:RevenuFiscal", member.taxIncomeCents === null ? null : decimal(member.taxIncomeCents)),
    el("enq:AvisDemande", member.taxNoticeNeeded ? "true" : "false"),
    el("enq:AvisRecu", member.taxNoticeReceived ? "1" : "0"),
  );
