import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { changePayload } from "../../kernel/change-payload.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { changePersonalData, personalDataMessages } from "./personal-data.ts";
import { changeProfessionalSituation, situationMessages } from "./professional-situation.ts";
import * as types from "./types.ts";

@Resolver()
export class PersonChangeResolver {
  @Mutation(() => types.ChangePersonalDataPayload, {
    description:
      "Asks the landlord to change what it knows of a person (mes informations). The account is told by mail when the address or the e-mail is to change. NOT_FOUND for a person whom the viewer does not stand for.",
  })
  async changePersonalData(
    @Arg("input", () => types.ChangePersonalDataInput) input: types.ChangePersonalDataInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangePersonalDataPayload> {
    return changePayload(context, personalDataMessages, await changePersonalData(context, input));
  }

  @Mutation(() => types.ChangeProfessionalSituationPayload, {
    description:
      "Tells the landlord what a person lives on (situation professionnelle). NOT_FOUND for a person whom the viewer does not stand for.",
  })
  async changeProfessionalSituation(
    @Arg("input", () => types.ChangeProfessionalSituationInput)
    input: types.ChangeProfessionalSituationInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangeProfessionalSituationPayload> {
    const submitted = await changeProfessionalSituation(context, input);
    return changePayload(context, situationMessages, submitted);
  }
}
