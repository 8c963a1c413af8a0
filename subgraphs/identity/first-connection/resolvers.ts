import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../kernel/context.ts";
import { answer } from "../mutations/answer.ts";
import { beginFirstConnection } from "./begin.ts";
import { chooseFirstPassword } from "./choose-password.ts";
import { confirmFirstConnection } from "./confirm.ts";
import * as types from "./types.ts";

@Resolver()
export class FirstConnectionResolver {
  @Mutation(() => types.BeginFirstConnectionPayload, {
    description:
      "Checks the identifier and the password that the landlord gave, and mails a confirmation link. The answer does not tell whether the address has an account already.",
  })
  async beginFirstConnection(
    @Arg("input", () => types.BeginFirstConnectionInput) input: types.BeginFirstConnectionInput,
    @Ctx() context: RequestContext,
  ): Promise<types.BeginFirstConnectionPayload> {
    const nothingSent = { sentTo: null, expiresAt: null };
    return answer<types.BeginFirstConnectionPayload>(
      context,
      await beginFirstConnection(context, input),
      nothingSent,
    );
  }

  @Mutation(() => types.ConfirmFirstConnectionPayload, {
    description:
      "Opens the account behind the link of a first connection, or asks for a password to be chosen first. A link works once.",
  })
  async confirmFirstConnection(
    @Arg("input", () => types.ConfirmFirstConnectionInput) input: types.ConfirmFirstConnectionInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ConfirmFirstConnectionPayload> {
    const refused = { email: null, mustChangePassword: false, passwordToken: null };
    return answer<types.ConfirmFirstConnectionPayload>(
      context,
      await confirmFirstConnection(context, input),
      refused,
    );
  }

  @Mutation(() => types.ChooseFirstPasswordPayload, {
    description: "Opens the account with a password of one's own. The token works once.",
  })
  async chooseFirstPassword(
    @Arg("input", () => types.ChooseFirstPasswordInput) input: types.ChooseFirstPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChooseFirstPasswordPayload> {
    return answer<types.ChooseFirstPasswordPayload>(
      context,
      await chooseFirstPassword(context, input),
      { email: null },
    );
  }
}
