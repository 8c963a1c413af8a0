import "reflect-metadata";
import { Field, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../kernel/scalars.ts";
import { Session } from "../mutations/types.ts";
import { errorsDescription, type UserError } from "../../kernel/user-errors.ts";
import { userErrorsOf } from "../user-error/types.ts";
import { beginLinkCodes, linkSocialCodes, unlinkSocialCodes } from "./link.ts";
import type { LinkedAccount, SocialLinkOrder } from "./link.ts";
import { beginCodes, completeCodes, type SocialSignInOrder } from "./sign-in.ts";
import type { HandOverKeys } from "./trip.ts";

const BeginSocialSignInUserError = userErrorsOf("BeginSocialSignIn", beginCodes);
const CompleteSocialSignInUserError = userErrorsOf("CompleteSocialSignIn", completeCodes);
const BeginSocialLinkUserError = userErrorsOf("BeginSocialLink", beginLinkCodes);
const LinkSocialAccountUserError = userErrorsOf("LinkSocialAccount", linkSocialCodes);
const UnlinkSocialAccountUserError = userErrorsOf("UnlinkSocialAccount", unlinkSocialCodes);

const challenge =
  "Base64url of the SHA-256 of a random verifier (RFC 7636: 43 characters or more), which the client keeps for its return.";
const url =
  "To be opened in the browser; it leads to the provider, and back to the portal with the parameter `code`. Null when it was refused.";
const until = "Until when the person must have come back. Null when it was refused.";
const code =
  "The parameter `code` of the address to which the person came back: good once, for two minutes.";
const verifier = "What the challenge was made of.";

@ObjectType({
  simpleResolvers: true,
  description: "Where people have an account already, with which they may sign in here, too.",
})
export class SocialProvider {
  @Field(() => String, { description: "For programs: `google`." })
  name!: string;

  @Field(() => String, { description: "What stands on the button." })
  label!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "An account elsewhere that can be signed in with (compte lié).",
})
export class SocialAccount implements LinkedAccount {
  @Field(() => String, { description: "`SocialProvider.name`." })
  provider!: string;

  @Field(() => String, { description: "`SocialProvider.label`." })
  label!: string;

  @Field(() => DateTimeScalar, { description: "Since when." })
  linkedAt!: Date;
}

@InputType({ description: "Who signs in by an account that they have elsewhere." })
export class BeginSocialSignInInput implements SocialSignInOrder {
  @Field(() => String, { description: "One of `Landlord.socialProviders`, by name." })
  provider!: string;

  @Field(() => String, { description: challenge })
  challenge!: string;

  @Field(() => Boolean, { defaultValue: false, description: "As in `SignInInput`." })
  rememberMe!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "What `beginSocialSignIn` answers." })
export class BeginSocialSignInPayload {
  @Field(() => String, { nullable: true, description: url })
  url!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: until })
  expiresAt!: Date | null;

  @Field(() => [BeginSocialSignInUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Who came back from the provider." })
export class CompleteSocialSignInInput implements HandOverKeys {
  @Field(() => String, { description: code })
  code!: string;

  @Field(() => String, { description: verifier })
  verifier!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `completeSocialSignIn` answers." })
export class CompleteSocialSignInPayload {
  @Field(() => Session, { nullable: true, description: "Null when it was refused." })
  session!: Session | null;

  @Field(() => [CompleteSocialSignInUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Which account elsewhere is to become a way to sign in." })
export class BeginSocialLinkInput implements SocialLinkOrder {
  @Field(() => String, { description: "One of `Landlord.socialProviders`, by name." })
  provider!: string;

  @Field(() => String, { description: challenge })
  challenge!: string;

  @Field(() => String, { description: "Of the viewer's account here." })
  currentPassword!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `beginSocialLink` answers." })
export class BeginSocialLinkPayload {
  @Field(() => String, { nullable: true, description: url })
  url!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: until })
  expiresAt!: Date | null;

  @Field(() => [BeginSocialLinkUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Who came back from the provider." })
export class LinkSocialAccountInput implements HandOverKeys {
  @Field(() => String, { description: code })
  code!: string;

  @Field(() => String, { description: verifier })
  verifier!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `linkSocialAccount` answers." })
export class LinkSocialAccountPayload {
  @Field(() => [SocialAccount], {
    nullable: true,
    description: "All that are linked now. Null when it was refused.",
  })
  socialAccounts!: readonly SocialAccount[] | null;

  @Field(() => [LinkSocialAccountUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Which account elsewhere is no longer a way to sign in." })
export class UnlinkSocialAccountInput {
  @Field(() => String, { description: "`SocialAccount.provider`." })
  provider!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `unlinkSocialAccount` answers." })
export class UnlinkSocialAccountPayload {
  @Field(() => [SocialAccount], {
    nullable: true,
    description: "All that are linked now. Null when it was refused.",
  })
  socialAccounts!: readonly SocialAccount[] | null;

  @Field(() => [UnlinkSocialAccountUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
