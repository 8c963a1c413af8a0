import "reflect-metadata";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../kernel/scalars.ts";
import { askCodes, confirmCodes } from "../confirmation.ts";
import { changeEmailCodes, confirmEmailCodes } from "../email-change.ts";
import type { GivenConsent, TypedForm } from "../form.ts";
import { changePasswordCodes } from "../password-change.ts";
import { resetCodes } from "../password-reset.ts";
import { registerCodes } from "../registration.ts";
import { refreshCodes, signInCodes, type Credentials, type SessionTokens } from "../sign-in.ts";
import { errorsDescription, type UserError } from "../../kernel/user-errors.ts";
import { userErrorsOf } from "../user-error/types.ts";

const RegisterUserError = userErrorsOf("Register", registerCodes);
const ConfirmRegistrationUserError = userErrorsOf("ConfirmRegistration", confirmCodes);
const ResendConfirmationUserError = userErrorsOf("ResendConfirmation", askCodes);
const SignInUserError = userErrorsOf("SignIn", signInCodes);
const RefreshSessionUserError = userErrorsOf("RefreshSession", refreshCodes);
const RequestPasswordResetUserError = userErrorsOf("RequestPasswordReset", askCodes);
const ResetPasswordUserError = userErrorsOf("ResetPassword", resetCodes);
const ChangePasswordUserError = userErrorsOf("ChangePassword", changePasswordCodes);
const ChangeEmailUserError = userErrorsOf("ChangeEmail", changeEmailCodes);
const ConfirmEmailChangeUserError = userErrorsOf("ConfirmEmailChange", confirmEmailCodes);

@InputType({ description: "A consent that the person gives." })
export class ConsentInput implements GivenConsent {
  @Field(() => ID, { description: "`RegistrationConsent.id`." })
  id!: string;

  @Field(() => String, { description: "`RegistrationConsent.version`: what the person has read." })
  version!: string;
}

@InputType({
  description:
    "The registration form, as typed. Which fields are needed: `Landlord.registrationForm`.",
})
export class RegisterInput implements TypedForm {
  @Field(() => String, {
    description: "Customer reference or contract number, as people write it: `L/1234567`.",
  })
  reference!: string;

  @Field(() => String, { nullable: true, description: "Nom, as the rent notice prints it." })
  surname?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Prénom, as the rent notice prints it. Whatever the form asks for, it tells signatories of the same surname apart (`GIVEN_NAME_NEEDED`).",
  })
  givenName?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Date de naissance." })
  birthDate?: string | null;

  @Field(() => String, { description: "The address to sign in with; a link is sent there." })
  email!: string;

  @Field(() => String, { nullable: true, description: "The same again." })
  emailConfirmation?: string | null;

  @Field(() => String, { description: "See `Landlord.passwordPolicy`." })
  password!: string;

  @Field(() => String, { nullable: true, description: "The same again." })
  passwordConfirmation?: string | null;

  @Field(() => [ConsentInput], {
    defaultValue: [],
    description: "The boxes that the person ticked; those left out were not.",
  })
  consents!: ConsentInput[];
}

@ObjectType({ simpleResolvers: true, description: "What `register` answers." })
export class RegisterPayload {
  @Field(() => String, {
    nullable: true,
    description: "Where the confirmation mail goes. Null when the form was refused.",
  })
  sentTo!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when its link is good. Null when the form was refused.",
  })
  expiresAt!: Date | null;

  @Field(() => [RegisterUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "The link of a mail that was followed." })
export class ConfirmRegistrationInput {
  @Field(() => String, { description: "The parameter `token` of the link." })
  token!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `confirmRegistration` answers." })
export class ConfirmRegistrationPayload {
  @Field(() => String, {
    nullable: true,
    description: "The address that can be signed in with now. Null when the link was refused.",
  })
  email!: string | null;

  @Field(() => [ConfirmRegistrationUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "An address that waits for its confirmation mail." })
export class ResendConfirmationInput {
  @Field(() => String, { description: "The address that was registered with." })
  email!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `resendConfirmation` answers." })
export class ResendConfirmationPayload {
  @Field(() => Boolean, {
    description: "Whether it was looked into. It is not told whether a registration waits.",
  })
  accepted!: boolean;

  @Field(() => [ResendConfirmationUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@ObjectType({
  simpleResolvers: true,
  description: "What a client keeps while somebody is signed in.",
})
export class Session implements SessionTokens {
  @Field(() => String, { description: "For the header `Authorization: Bearer …`." })
  accessToken!: string;

  @Field(() => String, {
    description: "For `refreshSession`: good once. Used again, it ends the session.",
  })
  refreshToken!: string;

  @Field(() => DateTimeScalar, { description: "When the access token ends: refresh before." })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the session ends: sign in again." })
  sessionExpiresAt!: Date;
}

@InputType({ description: "Who signs in." })
export class SignInInput implements Credentials {
  @Field(() => String, {
    description:
      "The address of the account, in whichever case; or the identifier that the landlord gave, where `RegistrationForm.kind` is `FIRST_CONNECTION`.",
  })
  email!: string;

  @Field(() => String, { description: "Its password." })
  password!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "« Se souvenir de moi »: a session of days rather than hours.",
  })
  rememberMe!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "What `signIn` answers." })
export class SignInPayload {
  @Field(() => Session, { nullable: true, description: "Null when it was refused." })
  session!: Session | null;

  @Field(() => [SignInUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "The session that goes on." })
export class RefreshSessionInput {
  @Field(() => String, { description: "The newest `Session.refreshToken`." })
  refreshToken!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `refreshSession` answers." })
export class RefreshSessionPayload {
  @Field(() => Session, {
    nullable: true,
    description: "With new tokens. Null when the session has ended.",
  })
  session!: Session | null;

  @Field(() => [RefreshSessionUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Which sessions end." })
export class SignOutInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: "All of the account's, on all devices.",
  })
  everywhere!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "What `signOut` answers." })
export class SignOutPayload {
  @Field(() => Boolean, { description: "Always true." })
  signedOut!: boolean;
}

@InputType({ description: "Who forgot the password." })
export class RequestPasswordResetInput {
  @Field(() => String, { description: "Address or identifier, as in `SignInInput.email`." })
  email!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `requestPasswordReset` answers." })
export class RequestPasswordResetPayload {
  @Field(() => Boolean, {
    description: "Whether it was looked into. It is not told whether there is such an account.",
  })
  accepted!: boolean;

  @Field(() => [RequestPasswordResetUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "A new password, by the link of a mail." })
export class ResetPasswordInput {
  @Field(() => String, { description: "The parameter `token` of the link." })
  token!: string;

  @Field(() => String, { description: "See `Landlord.passwordPolicy`." })
  newPassword!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `resetPassword` answers." })
export class ResetPasswordPayload {
  @Field(() => Boolean, {
    description: "Whether the password is the new one, and all sessions ended.",
  })
  changed!: boolean;

  @Field(() => [ResetPasswordUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "A new password, by the one that is known." })
export class ChangePasswordInput {
  @Field(() => String, { description: "The password of now." })
  currentPassword!: string;

  @Field(() => String, { description: "See `Landlord.passwordPolicy`." })
  newPassword!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `changePassword` answers." })
export class ChangePasswordPayload {
  @Field(() => Boolean, {
    description: "Whether the password is the new one, and all other sessions ended.",
  })
  changed!: boolean;

  @Field(() => [ChangePasswordUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Another address to sign in with." })
export class ChangeEmailInput {
  @Field(() => String, { description: "The new address; a link is sent there." })
  newEmail!: string;

  @Field(() => String, { description: "The password of now." })
  currentPassword!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `changeEmail` answers." })
export class ChangeEmailPayload {
  @Field(() => String, {
    nullable: true,
    description: "Where the confirmation mail goes. Null when it was refused.",
  })
  sentTo!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when its link is good. Null when it was refused.",
  })
  expiresAt!: Date | null;

  @Field(() => [ChangeEmailUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "The link of a mail that was followed." })
export class ConfirmEmailChangeInput {
  @Field(() => String, { description: "The parameter `token` of the link." })
  token!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `confirmEmailChange` answers." })
export class ConfirmEmailChangePayload {
  @Field(() => String, {
    nullable: true,
    description: "The address to sign in with from now on. Null when the link was refused.",
  })
  email!: string | null;

  @Field(() => [ConfirmEmailChangeUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
