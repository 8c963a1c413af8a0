/** Rows about what tenants ask of their landlord, and what it asks of them. */
import { asked, changeAt } from "../support/changes.ts";
import { door } from "../support/demo.ts";
import { mailTo, mailsTo } from "../support/mails.ts";
import { sendUpload } from "../support/uploads.ts";
import * as reading from "./reading.ts";
import { run, type Portal, type Somebody } from "./portal.ts";
import { NotOffered, same } from "./same.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- answers' JSON
type Json = any;

/** The first who has a running contract, and it. */
async function tenant(portal: Portal): Promise<{ somebody: Somebody; contractId: string }> {
  for (const somebody of await portal.everybody()) {
    const { data } = await somebody.front("{ viewer { contracts { nodes { id status } } } }");
    const running = data.viewer.contracts.nodes.find(({ status }: Json) => status === "ACTIVE");
    if (running) return { somebody, contractId: running.id };
  }
  throw new Error("nobody has a running contract");
}

const writesOf = async ({ demo, landlord }: Portal, receipt: string) =>
  (await door(demo, landlord).writes()).filter(({ reference }) => reference === receipt);

async function ask(somebody: Somebody, contractId: string): Promise<Json> {
  const { contract } = await run(somebody.front, "F37-request-catalogue", { contractId });
  const { places, reasons } = contract.requestCatalogue;
  const photo = await sendUpload(somebody.front, "REQUEST_PHOTO");
  const input = {
    contractId,
    reasonId: reasons[0].id,
    placeId: places[0]?.id,
    description: "L'eau goutte sous l'évier.",
    availabilities: [{ date: "2099-01-15", from: "08:30", to: "12:00" }],
    contactPhone: "+33612345678",
    photoIds: [photo.id],
  };
  const { id } = await asked(somebody.front, "F37-create-request", input);
  return changeAt(somebody.front, id, "APPLIED");
}

export async function creation(portal: Portal): Promise<string> {
  const { somebody, contractId } = await tenant(portal);
  const { receipt, serviceRequestId } = await ask(somebody, contractId);
  const writes = await writesOf(portal, receipt);
  same("how often the ERP has it", writes.length, 1);
  same("its kind", writes[0]!.kind, "serviceRequestCreations");
  const content = JSON.stringify(writes[0]!.content);
  for (const part of ["goutte", "08", "12", "sha256"]) {
    if (!content.includes(part)) throw new Error(`the ERP lacks ${part}: ${content}`);
  }
  const { serviceRequest } = await run(somebody.front, "F38-request", { id: serviceRequestId });
  same("its text", serviceRequest.description, "L'eau goutte sous l'évier.");
  return `request ${serviceRequest.number} with a photo, once in the ERP`;
}

/** What the ERP holds is shown; a step of a request that was made here is mailed. */
export async function following(portal: Portal): Promise<string> {
  const shown = await reading.serviceRequests(portal);
  return `${shown}; ${await progressMail(portal)}`;
}

async function progressMail(portal: Portal): Promise<string> {
  const { somebody, contractId } = await tenant(portal);
  const { email } = somebody.account;
  const before = (await mailsTo(portal.demo, email)).length;
  const { serviceRequestId } = await ask(somebody, contractId);
  const { serviceRequest } = await run(somebody.front, "F38-request", { id: serviceRequestId });
  const mail = await mailTo(portal.demo, email, before + 1);
  if (!mail.subject.includes(serviceRequest.number)) throw new Error(`a mail: ${mail.subject}`);
  return `« ${mail.subject} »`;
}

export async function survey(portal: Portal): Promise<string> {
  const { demo, landlord } = portal;
  for (const somebody of await portal.everybody()) {
    const open = await openSurvey(somebody);
    if (!open) continue;
    const answer = { surveyId: open.id, householdStatus: "MARRIED", members: [] as Json[] };
    const draft = { ...answer, members: [{ surname: "Brouillon" }] };
    const { saveSurveyDraft } = await run(somebody.front, "F40-save-survey-draft", {
      input: draft,
    });
    same("what is wrong with a draft", saveSurveyDraft.userErrors, []);
    for (const { id, surname, givenName, birthDate, taxNoticeNeeded } of open.members) {
      const notice = taxNoticeNeeded && (await sendUpload(somebody.front, "TAX_NOTICE")).id;
      const adult = { occupation: "EMPLOYED", taxIncome: "21500", taxNoticeUploadId: notice };
      const said = taxNoticeNeeded ? adult : { occupation: "CHILD" };
      answer.members.push({ memberId: id, surname, givenName, birthDate, ...said });
    }
    const input = { ...answer, certified: true };
    const { id, receipt } = await asked(somebody.front, "F40-submit-survey", input);
    await changeAt(somebody.front, id, "APPLIED");
    const [write] = await writesOf(portal, receipt);
    same("what the ERP has", write?.kind, "surveyAnswers");
    const held = await door(demo, landlord).contract(write!.contract!);
    const status = held.surveys.find(({ year, kind }) => year === open.year && kind === open.kind);
    same("its status", status?.status, "VALIDATED");
    return `${open.kind} ${open.year} of ${answer.members.length} people, validated`;
  }
  throw new NotOffered("nobody has a survey to answer");
}

async function openSurvey({ front }: Somebody): Promise<Json> {
  const { data } = await front("{ viewer { contracts { nodes { id } } } }");
  for (const { id } of data.viewer.contracts.nodes) {
    const { contract } = await run(front, "F40-surveys", { contractId: id });
    const open = contract.surveys?.find(({ status }: Json) => status === "OPEN");
    if (open) return open;
  }
  return null;
}
