import { operation } from "../support/client.ts";
import type { AtForm, Form, Kind } from "./kinds.ts";
import { holds } from "./marks.ts";
import { upload } from "./upload.ts";

interface Reason {
  readonly id: string;
  readonly placeNeeded: boolean;
}
interface Catalogue {
  readonly places: readonly { readonly id: string }[];
  readonly reasons: readonly Reason[];
}

/** Now and then with a photo. */
async function request({ person, facts, mark, random }: AtForm): Promise<Form | null> {
  const { contractId } = facts;
  const reply = await person.ask(operation("F37-request-catalogue"), { contractId });
  if (reply.kind !== "DATA") return null;
  const { reasons, places } = reply.data["contract"].requestCatalogue as Catalogue;
  const reason = random.pick(reasons as [Reason]);
  const placeId = reason.placeNeeded ? { placeId: places[0]!.id } : {};
  const photo = random.chance(30) ? await upload(person, "REQUEST_PHOTO") : null;
  const description = `Ça fuit encore, dit ${mark.word}.`;
  const photoIds = photo === null ? [] : [photo];
  const input = { contractId, reasonId: reason.id, ...placeId, description, photoIds };
  return { mutation: "createServiceRequest", input, marks: [holds(mark.word)] };
}

interface Survey {
  readonly id: string;
  readonly status: string;
  readonly members: readonly Member[];
}
interface Member {
  readonly id: string;
  readonly givenName: string;
  readonly birthDate: string;
}

/** Incomplete, so that it can be answered again. */
async function survey({ person, facts, mark }: AtForm): Promise<Form | null> {
  const reply = await person.ask(operation("F40-surveys"), { contractId: facts.contractId });
  if (reply.kind !== "DATA") return null;
  const surveys = reply.data["contract"].surveys as Survey[];
  const open = surveys.find(({ status }) => status === "OPEN" || status === "INCOMPLETE");
  if (!open) return null;
  const members = open.members.map(({ id, givenName, birthDate }) => ({
    memberId: id,
    surname: mark.word,
    givenName,
    birthDate,
  }));
  const said = { householdStatus: "COHABITING", certified: true, allowIncomplete: true };
  const input = { surveyId: open.id, members, ...said };
  return { mutation: "submitSurvey", input, marks: [holds(mark.word)] };
}

export const requestKinds: readonly Kind[] = [
  { port: "serviceRequestCreations", about: "contract", fillIn: request },
  { port: "surveyAnswers", about: "contract", fillIn: survey },
];
