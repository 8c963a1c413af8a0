import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { notErased } from "../../kernel/account-erasure.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { answer } from "../mutations/answer.ts";
import { eraseAccount } from "./erase.ts";
import { requestExport } from "./export.ts";
import * as types from "./types.ts";

@Resolver()
export class PrivacyResolver {
  @Mutation(() => types.RequestDataExportPayload, {
    description:
      "A copy of all that is held of the viewer, here and in the landlord's system (droit d'accès et portabilité, RGPD art. 15 et 20). Tells the account's owner by mail.",
  })
  async requestDataExport(
    @Arg("input", () => types.RequestDataExportInput) input: types.RequestDataExportInput,
    @Ctx() context: RequestContext,
  ): Promise<types.RequestDataExportPayload> {
    return answer<types.RequestDataExportPayload>(
      context,
      await requestExport(context, signedIn(context), input),
      { download: null },
    );
  }

  @Mutation(() => types.EraseAccountPayload, {
    description:
      "Erases the viewer's account and all that is held of it here, at once and for good (droit à l'effacement, RGPD art. 17). What the landlord's own system holds stays there.",
  })
  async eraseAccount(
    @Arg("input", () => types.EraseAccountInput) input: types.EraseAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<types.EraseAccountPayload> {
    return answer<types.EraseAccountPayload>(
      context,
      await eraseAccount(context, signedIn(context), input),
      notErased,
    );
  }
}
