import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { changePayload } from "../../kernel/change-payload.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { billingAddressMessages, changeBillingAddress } from "./billing-address.ts";
import * as types from "./types.ts";

@Resolver()
export class BillingAddressResolver {
  @Mutation(() => types.ChangeBillingAddressPayload, {
    description:
      "Asks the landlord to send rent notices elsewhere (adresse de facturation). NOT_FOUND for a contract that is not the viewer's.",
  })
  async changeBillingAddress(
    @Arg("input", () => types.ChangeBillingAddressInput) input: types.ChangeBillingAddressInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangeBillingAddressPayload> {
    const submitted = await changeBillingAddress(context, input);
    return changePayload(context, billingAddressMessages, submitted);
  }
}
