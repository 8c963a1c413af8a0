import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { notErased } from "../../kernel/account-erasure.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { userErrors } from "../../kernel/user-errors.ts";
import { asStaff } from "../staff.ts";
import { eraseMessages, exportMessages } from "./messages.ts";
import { eraseOnRequest, sendExport } from "./on-request.ts";
import * as types from "./types.ts";

@Resolver()
export class SupportPrivacyResolver {
  @Mutation(() => types.SendDataExportPayload, {
    description:
      "Mails a person who asked by letter a link to a copy of all that is held of them (droit d'accès, RGPD art. 15). Whoever sends it sees nothing of it; it is written down. FORBIDDEN for everybody but the landlord's own people.",
  })
  async sendDataExport(
    @Arg("input", () => types.SendDataExportInput) input: types.SendDataExportInput,
    @Ctx() context: RequestContext,
  ): Promise<types.SendDataExportPayload> {
    const sent = await sendExport(context, await asStaff(context), input);
    return "faults" in sent
      ? { expiresAt: null, userErrors: userErrors(context, exportMessages, sent.faults) }
      : { expiresAt: sent.expiresAt.toISOString(), userErrors: [] };
  }

  @Mutation(() => types.EraseAccountOnRequestPayload, {
    description:
      "Erases the account of a person who asked by letter, at once and for good (droit à l'effacement, RGPD art. 17), as `eraseAccount` does. The person is mailed; it is written down. FORBIDDEN for everybody but the landlord's own people.",
  })
  async eraseAccountOnRequest(
    @Arg("input", () => types.EraseAccountOnRequestInput) input: types.EraseAccountOnRequestInput,
    @Ctx() context: RequestContext,
  ): Promise<types.EraseAccountOnRequestPayload> {
    const erased = await eraseOnRequest(context, await asStaff(context), input);
    return "faults" in erased
      ? { ...notErased, userErrors: userErrors(context, eraseMessages, erased.faults) }
      : { ...erased, userErrors: [] };
  }
}
