import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { changePayload } from "../../kernel/change-payload.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { changeDirectDebitDay, stopDirectDebit } from "./manage.ts";
import { creditorOf, mandateText } from "./mandate.ts";
import { changeDayMessages, stopMessages, subscribeMessages } from "./messages.ts";
import { subscribeDirectDebit } from "./subscribe.ts";
import * as types from "./types.ts";

@Resolver()
export class DirectDebitResolver {
  @Mutation(() => types.SubscribeDirectDebitPayload, {
    description:
      "Has a contract paid by direct debit from now on, and mails the mandate to the account. NOT_FOUND for a contract that is not the viewer's; NOT_SUPPORTED where `DirectDebitTerms.creditor` is null.",
  })
  async subscribeDirectDebit(
    @Arg("input", () => types.SubscribeDirectDebitInput) input: types.SubscribeDirectDebitInput,
    @Ctx() context: RequestContext,
  ): Promise<types.SubscribeDirectDebitPayload> {
    const submitted = await subscribeDirectDebit(context, input);
    return changePayload(context, subscribeMessages, submitted);
  }

  @Mutation(() => types.ChangeDirectDebitDayPayload, {
    description:
      "Has a direct debit fall on another day, and mails the account about it. NOT_FOUND for a contract that is not the viewer's.",
  })
  async changeDirectDebitDay(
    @Arg("input", () => types.ChangeDirectDebitDayInput) input: types.ChangeDirectDebitDayInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangeDirectDebitDayPayload> {
    return changePayload(context, changeDayMessages, await changeDirectDebitDay(context, input));
  }

  @Mutation(() => types.StopDirectDebitPayload, {
    description:
      "Ends a direct debit, and mails the account about it. NOT_FOUND for a contract that is not the viewer's.",
  })
  async stopDirectDebit(
    @Arg("input", () => types.StopDirectDebitInput) input: types.StopDirectDebitInput,
    @Ctx() context: RequestContext,
  ): Promise<types.StopDirectDebitPayload> {
    return changePayload(context, stopMessages, await stopDirectDebit(context, input));
  }
}

@Resolver(() => types.Landlord)
export class LandlordDirectDebitResolver {
  @FieldResolver(() => types.DirectDebitTerms, {
    description: "How the landlord debits: what the form of a subscription is drawn from.",
  })
  directDebit(
    @Root() _landlord: types.Landlord,
    @Ctx() { landlord, language }: RequestContext,
  ): types.DirectDebitTerms {
    const creditor = creditorOf(landlord);
    return {
      days: landlord.directDebit.days,
      creditor: creditor && { ...creditor, mandateText: mandateText(creditor, language) },
    };
  }
}
