import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../kernel/context.ts";
import { userErrors } from "../mutations/answer.ts";
import { requestIdentifierReminder } from "./reminder.ts";
import { RequestIdentifierReminderInput, RequestIdentifierReminderPayload } from "./types.ts";

@Resolver()
export class ReminderResolver {
  @Mutation(() => RequestIdentifierReminderPayload, {
    description:
      "Mails to the account's own address that it is the one to sign in with, once the landlord's system has confirmed who asks.",
  })
  async requestIdentifierReminder(
    @Arg("input", () => RequestIdentifierReminderInput) input: RequestIdentifierReminderInput,
    @Ctx() context: RequestContext,
  ): Promise<RequestIdentifierReminderPayload> {
    const { faults } = await requestIdentifierReminder(context, input);
    return { accepted: faults.length === 0, userErrors: userErrors(context, faults) };
  }
}
