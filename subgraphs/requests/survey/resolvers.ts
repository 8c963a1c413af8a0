import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { changePayload } from "../../kernel/change-payload.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { userErrors } from "../../kernel/user-errors.ts";
import { Contract } from "../types.ts";
import { submitSurvey } from "./answer.ts";
import { draftOf, saveSurveyDraft } from "./draft.ts";
import * as inputs from "./mutations/types.ts";
import { answerMessages, draftMessages } from "./messages.ts";
import { surveysOf } from "./surveys.ts";
import { Survey, SurveyDraft } from "./types.ts";

@Resolver(() => Contract)
export class SurveysResolver {
  @FieldResolver(() => [Survey], {
    nullable: true,
    description:
      "Social surveys of the last two years (enquêtes sociales), newest first. Null only together with an error.",
  })
  surveys(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return surveysOf(context, contract.key);
  }
}

@Resolver(() => Survey)
export class SurveyResolver {
  @FieldResolver(() => SurveyDraft, {
    nullable: true,
    description: "What the viewer has written so far (brouillon). Null when nothing.",
  })
  draft(@Root() { place }: Survey, @Ctx() context: RequestContext) {
    return draftOf(context, place);
  }

  @Mutation(() => inputs.SaveSurveyDraftPayload, {
    description:
      "Keeps what is written so far, until the answer is sent in or long after it was due. The landlord does not see it. NOT_FOUND for a survey that is not the viewer's.",
  })
  async saveSurveyDraft(
    @Arg("input", () => inputs.SaveSurveyDraftInput) input: inputs.SaveSurveyDraftInput,
    @Ctx() context: RequestContext,
  ): Promise<inputs.SaveSurveyDraftPayload> {
    const saved = await saveSurveyDraft(context, input);
    return "faults" in saved
      ? { draft: null, userErrors: userErrors(context, draftMessages, saved.faults) }
      : { draft: saved.draft, userErrors: [] };
  }

  @Mutation(() => inputs.SubmitSurveyPayload, {
    description:
      "Answers a social survey (répondre à l'enquête), tax notices with it. NOT_FOUND for a survey that is not the viewer's.",
  })
  async submitSurvey(
    @Arg("input", () => inputs.SubmitSurveyInput) input: inputs.SubmitSurveyInput,
    @Ctx() context: RequestContext,
  ): Promise<inputs.SubmitSurveyPayload> {
    return changePayload(context, answerMessages, await submitSurvey(context, input));
  }
}
