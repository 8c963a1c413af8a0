import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { changePayload } from "../../kernel/change-payload.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { replaceBankDetails, replaceBankDetailsMessages } from "./replace.ts";
import { ReplaceBankDetailsInput, ReplaceBankDetailsPayload } from "./types.ts";

@Resolver()
export class BankDetailsResolver {
  @Mutation(() => ReplaceBankDetailsPayload, {
    description:
      "Gives the landlord other bank details (RIB), and mails the account about it. NOT_FOUND for a contract that is not the viewer's.",
  })
  async replaceBankDetails(
    @Arg("input", () => ReplaceBankDetailsInput) input: ReplaceBankDetailsInput,
    @Ctx() context: RequestContext,
  ): Promise<ReplaceBankDetailsPayload> {
    const submitted = await replaceBankDetails(context, input);
    return changePayload(context, replaceBankDetailsMessages, submitted);
  }
}
