import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../kernel/context.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { answer } from "../mutations/answer.ts";
import { Viewer } from "../types.ts";
import {
  beginSocialLink,
  linkSocialAccount,
  ownSocialAccounts,
  unlinkSocialAccount,
} from "./link.ts";
import { beginSocialSignIn, completeSocialSignIn } from "./sign-in.ts";
import * as types from "./types.ts";

const notBegun = { url: null, expiresAt: null };

@Resolver()
export class SocialSignInResolver {
  @Mutation(() => types.BeginSocialSignInPayload, {
    description:
      "Begins a sign-in by an account elsewhere: open the address, and finish by `completeSocialSignIn` when the person is back.",
  })
  async beginSocialSignIn(
    @Arg("input", () => types.BeginSocialSignInInput) input: types.BeginSocialSignInInput,
    @Ctx() context: RequestContext,
  ): Promise<types.BeginSocialSignInPayload> {
    return answer<types.BeginSocialSignInPayload>(
      context,
      await beginSocialSignIn(context, input),
      notBegun,
    );
  }

  @Mutation(() => types.CompleteSocialSignInPayload, {
    description:
      "Opens a session for whoever came back from the provider. Only accounts that were linked before are known; an e-mail address that is the same proves nothing.",
  })
  async completeSocialSignIn(
    @Arg("input", () => types.CompleteSocialSignInInput) input: types.CompleteSocialSignInInput,
    @Ctx() context: RequestContext,
  ): Promise<types.CompleteSocialSignInPayload> {
    return answer<types.CompleteSocialSignInPayload>(
      context,
      await completeSocialSignIn(context, input),
      { session: null },
    );
  }
}

@Resolver(() => Viewer)
export class SocialAccountResolver {
  @FieldResolver(() => [types.SocialAccount], {
    nullable: true,
    description:
      "What the account is linked to (comptes liés), oldest first. Null together with an error: `NOT_SUPPORTED` where the landlord has no social sign-in.",
  })
  socialAccounts(
    @Root() _viewer: Viewer,
    @Ctx() context: RequestContext,
  ): Promise<types.SocialAccount[]> {
    return ownSocialAccounts(context, signedIn(context));
  }

  @Mutation(() => types.BeginSocialLinkPayload, {
    description:
      "Begins to link the viewer's account to one elsewhere: open the address, and finish by `linkSocialAccount` when the person is back.",
  })
  async beginSocialLink(
    @Arg("input", () => types.BeginSocialLinkInput) input: types.BeginSocialLinkInput,
    @Ctx() context: RequestContext,
  ): Promise<types.BeginSocialLinkPayload> {
    return answer<types.BeginSocialLinkPayload>(
      context,
      await beginSocialLink(context, signedIn(context), input),
      notBegun,
    );
  }

  @Mutation(() => types.LinkSocialAccountPayload, {
    description:
      "Links whoever came back from the provider to the viewer's account, and tells its owner by mail.",
  })
  async linkSocialAccount(
    @Arg("input", () => types.LinkSocialAccountInput) input: types.LinkSocialAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<types.LinkSocialAccountPayload> {
    return answer<types.LinkSocialAccountPayload>(
      context,
      await linkSocialAccount(context, signedIn(context), input),
      { socialAccounts: null },
    );
  }

  @Mutation(() => types.UnlinkSocialAccountPayload, {
    description:
      "Takes a link away, and tells the account's owner by mail. The password goes on working.",
  })
  async unlinkSocialAccount(
    @Arg("input", () => types.UnlinkSocialAccountInput) input: types.UnlinkSocialAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<types.UnlinkSocialAccountPayload> {
    return answer<types.UnlinkSocialAccountPayload>(
      context,
      await unlinkSocialAccount(context, signedIn(context), input),
      { socialAccounts: null },
    );
  }
}
