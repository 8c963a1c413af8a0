import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation, type Client } from "./support/client.ts";
import { door, signedInAs, startTestDemo, type OddityName } from "./support/demo.ts";
import { sendUpload } from "./support/uploads.ts";

const landlord = "la-rochelle";

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo?.stop());

// oxlint-disable-next-line typescript/no-explicit-any -- answers' JSON
type Json = any;

interface Household {
  front: Client;
  contractId: string;
  contractKey: string;
  surveys: Json[];
}

async function householdOf(oddity: OddityName): Promise<Household> {
  const front = await signedInAs(demo, landlord, oddity);
  const { data } = await front("{ viewer { contracts { nodes { id surveys { id } } } } }");
  const { id: contractId } = data.viewer.contracts.nodes.find(
    ({ surveys }: Json) => surveys.length > 0,
  );
  const held = await door(demo, landlord).contractsOf(oddity);
  const contractKey = held.find(({ surveys }) => surveys.length > 0)!.key;
  return { front, contractId, contractKey, surveys: await read(front, contractId) };
}

async function read(front: Client, contractId: string): Promise<Json[]> {
  const { data } = await front(operation("F40-surveys"), { contractId });
  return data.contract.surveys;
}

const heldOf = async ({ contractKey }: Household) =>
  (await door(demo, landlord).contract(contractKey)).surveys;

/** The household as it was pre-filled, everything said. */
const whole = (survey: Json) => ({
  surveyId: survey.id,
  householdStatus: "MARRIED",
  members: survey.members.map((member: Json) => ({
    memberId: member.id,
    surname: member.surname,
    givenName: member.givenName,
    birthDate: member.birthDate,
    occupation: member.taxNoticeNeeded ? "EMPLOYED" : "CHILD",
    ...(member.taxNoticeNeeded && { taxIncome: "21500" }),
  })),
});

let keys = 0;
async function submit({ front }: Household, input: object) {
  const idempotencyKey = `survey-key-${(keys += 1)}`;
  const asked = { certified: true, idempotencyKey, ...input };
  const answer = await front(operation("F40-submit-survey"), { input: asked });
  return { ...answer, ...answer.data?.submitSurvey };
}

async function save({ front }: Household, input: object) {
  const answer = await front(operation("F40-save-survey-draft"), { input });
  return { ...answer, ...answer.data?.saveSurveyDraft };
}

const codes = ({ userErrors }: Json) =>
  userErrors.map(({ code, field }: Json) => [code, field?.join(".")]);

describe("a survey", () => {
  test("is kept as a draft, answered with a tax notice of each adult, and validated", async () => {
    const home = await householdOf("everything");
    const survey = home.surveys.find(({ status }) => status === "OPEN");
    const held = (await heldOf(home)).find(({ status }) => status === "OPEN");
    expect(survey).toMatchObject({ kind: held!.kind, year: held!.year, dueDate: held!.dueDate });
    expect(survey.members.map(({ surname }: Json) => surname)).toEqual(
      held!.members.map(({ surname }) => surname),
    );
    expect(survey.draft).toBeNull();

    const answer = whole(survey);
    const { id: uploadId } = await sendUpload(home.front, "TAX_NOTICE");
    const [first, ...others] = answer.members;
    const draft = {
      ...answer,
      householdStatus: null,
      members: [{ ...first, taxNoticeUploadId: uploadId }, { surname: "Canari" }],
    };
    expect((await save(home, draft)).userErrors).toEqual([]);
    const kept = (await read(home.front, home.contractId)).find(({ id }) => id === survey.id);
    expect(kept.draft).toMatchObject({
      householdStatus: null,
      members: [
        {
          memberId: first.memberId,
          taxIncome: "21500",
          taxNotice: { uploadId, fileName: "avis.pdf" },
        },
        { memberId: null, surname: "Canari", givenName: null, taxNotice: null },
      ],
    });

    const lacking = await submit(home, answer);
    const adult = survey.members.find(({ taxNoticeNeeded }: Json) => taxNoticeNeeded);
    expect(codes(lacking)).toEqual(
      survey.members.flatMap(({ taxNoticeNeeded }: Json, index: number) =>
        taxNoticeNeeded ? [["MISSING_TAX_NOTICE", `members.${index}.taxNoticeUploadId`]] : [],
      ),
    );
    expect(lacking.userErrors[0].message).toContain(adult.surname);

    const members = [];
    for (const member of [first, ...others]) {
      const needed = "taxIncome" in member;
      const notice =
        member === first
          ? uploadId
          : needed
            ? (await sendUpload(home.front, "TAX_NOTICE")).id
            : null;
      members.push({ ...member, taxNoticeUploadId: notice });
    }
    const { change, userErrors } = await submit(home, { ...answer, members });
    expect(userErrors).toEqual([]);
    expect(change.status).toBe("APPLIED");
    const after = (await heldOf(home)).find(({ number }) => number === held!.number)!;
    expect(after).toMatchObject({ status: "VALIDATED", householdStatus: "MARRIED" });
    expect(
      after.members.every(
        ({ taxNoticeNeeded, taxNoticeReceived }) => taxNoticeNeeded === taxNoticeReceived,
      ),
    ).toBe(true);
    const writes = await door(demo, landlord).writes();
    expect(writes.filter(({ reference }) => reference === change.receipt)).toHaveLength(1);

    const shown = (await read(home.front, home.contractId)).find(({ id }) => id === survey.id);
    expect(shown).toMatchObject({ status: "VALIDATED", draft: null });
    expect(codes(await submit(home, answer))[0]).toEqual(["SURVEY_VALIDATED", "surveyId"]);
    expect(codes(await save(home, answer))[0]).toEqual(["SURVEY_VALIDATED", "surveyId"]);
  });

  test("may be sent in incomplete, and then says so", async () => {
    const home = await householdOf("accents");
    const [survey] = home.surveys;
    const answer = { ...whole(survey), allowIncomplete: true };
    const { change, userErrors } = await submit(home, answer);
    expect(userErrors).toEqual([]);
    expect(change.status).toBe("APPLIED");
    const [shown] = await read(home.front, home.contractId);
    expect(shown).toMatchObject({ status: "INCOMPLETE", householdStatus: "MARRIED" });
  });

  test("is told all that is wrong with an answer at once, and nothing of it reaches the ERP", async () => {
    const home = await householdOf("cotenantFirst");
    const before = (await door(demo, landlord).writes()).length;
    const [survey, closed] = home.surveys;
    const member = { surname: "A", givenName: "B", birthDate: "2010-05-05", occupation: "CHILD" };
    const known = { ...member, memberId: survey.members[0].id };
    const answer = await submit(home, {
      surveyId: survey.id,
      certified: false,
      members: [
        { ...member, memberId: "x", surname: " ", birthDate: "2999-01-01" },
        known,
        { ...known, taxIncome: "-1" },
        { ...member, surname: "x".repeat(81), taxNoticeUploadId: "x" },
      ],
      allowIncomplete: true,
    });
    expect(codes(answer)).toEqual([
      ["UNKNOWN_MEMBER", "members.0.memberId"],
      ["SAME_MEMBER_TWICE", "members.2.memberId"],
      ["IN_THE_FUTURE", "members.0.birthDate"],
      ["INVALID_FORMAT", "members.2.taxIncome"],
      ["TOO_LONG", "members.3.surname"],
      ["NOT_CERTIFIED", "certified"],
      ["REQUIRED", "householdStatus"],
      ["REQUIRED", "members.0.surname"],
      ["UPLOAD_NOT_USABLE", "members.3.taxNoticeUploadId"],
    ]);
    expect(codes(await submit(home, { ...whole(closed), allowIncomplete: true }))[0]).toEqual([
      "SURVEY_CLOSED",
      "surveyId",
    ]);
    expect(codes(await submit(home, { ...whole(survey), members: [] }))).toEqual([
      ["NOBODY", "members"],
    ]);
    const many = Array.from({ length: 21 }, () => member);
    expect(codes(await save(home, { surveyId: survey.id, members: many }))).toEqual([
      ["TOO_MANY_MEMBERS", "members"],
    ]);
    expect((await door(demo, landlord).writes()).length).toBe(before);
  });

  test("is nobody else's, and a draft not even a co-tenant's", async () => {
    const home = await householdOf("cotenantFirst");
    const [survey] = home.surveys;
    await save(home, { surveyId: survey.id, members: [{ surname: "Canari" }] });
    const [own] = await read(home.front, home.contractId);
    expect(own.draft.members).toHaveLength(1);
    const second = await householdOf("cotenantSecond");
    const [shared] = second.surveys;
    expect([shared.id, shared.draft]).toEqual([survey.id, null]);
    const stranger = await householdOf("accents");
    for (const call of [save, submit]) {
      const { errors } = await call(stranger, whole(survey));
      expect(errors[0].extensions.code).toBe("NOT_FOUND");
    }
  });
});
