import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../kernel/context.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { confirmRegistration, resendConfirmation } from "../confirmation.ts";
import { changeEmail, confirmEmailChange } from "../email-change.ts";
import { changePassword } from "../password-change.ts";
import { requestPasswordReset, resetPassword } from "../password-reset.ts";
import { register } from "../registration.ts";
import { refreshSession, signIn, signOut } from "../sign-in.ts";
import { answer, userErrors } from "./answer.ts";
import * as types from "./types.ts";

const nothingSent = { sentTo: null, expiresAt: null };

@Resolver()
export class RegistrationResolver {
  @Mutation(() => types.RegisterPayload, {
    description:
      "Checks a registration form against the landlord's system, and mails a confirmation link. The answer does not tell whether the address has an account already.",
  })
  async register(
    @Arg("input", () => types.RegisterInput) input: types.RegisterInput,
    @Ctx() context: RequestContext,
  ): Promise<types.RegisterPayload> {
    return answer<types.RegisterPayload>(context, await register(context, input), nothingSent);
  }

  @Mutation(() => types.ConfirmRegistrationPayload, {
    description: "Makes the account behind a confirmation link. A link works once.",
  })
  async confirmRegistration(
    @Arg("input", () => types.ConfirmRegistrationInput) input: types.ConfirmRegistrationInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ConfirmRegistrationPayload> {
    return answer<types.ConfirmRegistrationPayload>(
      context,
      await confirmRegistration(context, input),
      { email: null },
    );
  }

  @Mutation(() => types.ResendConfirmationPayload, {
    description:
      "Mails a new confirmation link to an address that waits for one. Earlier ones are void.",
  })
  async resendConfirmation(
    @Arg("input", () => types.ResendConfirmationInput) input: types.ResendConfirmationInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ResendConfirmationPayload> {
    const { faults } = await resendConfirmation(context, input);
    return { accepted: faults.length === 0, userErrors: userErrors(context, faults) };
  }
}

@Resolver()
export class SessionResolver {
  @Mutation(() => types.SignInPayload, {
    description:
      "Opens a session. Too many wrong passwords make everybody wait, for that account; nothing is ever locked.",
  })
  async signIn(
    @Arg("input", () => types.SignInInput) input: types.SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<types.SignInPayload> {
    return answer<types.SignInPayload>(context, await signIn(context, input), { session: null });
  }

  @Mutation(() => types.RefreshSessionPayload, {
    description: "Exchanges a refresh token for new tokens.",
  })
  async refreshSession(
    @Arg("input", () => types.RefreshSessionInput) input: types.RefreshSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<types.RefreshSessionPayload> {
    return answer<types.RefreshSessionPayload>(context, await refreshSession(context, input), {
      session: null,
    });
  }

  @Mutation(() => types.SignOutPayload, { description: "Ends the viewer's session at once." })
  async signOut(
    @Arg("input", () => types.SignOutInput, { defaultValue: {} }) input: types.SignOutInput,
    @Ctx() context: RequestContext,
  ): Promise<types.SignOutPayload> {
    await signOut(context, signedIn(context), input.everywhere);
    return { signedOut: true };
  }
}

@Resolver()
export class PasswordChangeResolver {
  @Mutation(() => types.RequestPasswordResetPayload, {
    description:
      "Mails a link to choose a new password, if the address has an account. Earlier ones are void.",
  })
  async requestPasswordReset(
    @Arg("input", () => types.RequestPasswordResetInput) input: types.RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<types.RequestPasswordResetPayload> {
    const { faults } = await requestPasswordReset(context, input);
    return { accepted: faults.length === 0, userErrors: userErrors(context, faults) };
  }

  @Mutation(() => types.ResetPasswordPayload, {
    description:
      "Sets a new password by the link of a mail, and ends all sessions. A link works once.",
  })
  async resetPassword(
    @Arg("input", () => types.ResetPasswordInput) input: types.ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ResetPasswordPayload> {
    const { faults } = await resetPassword(context, input);
    return { changed: faults.length === 0, userErrors: userErrors(context, faults) };
  }

  @Mutation(() => types.ChangePasswordPayload, {
    description: "Sets the viewer's new password, and ends all other sessions.",
  })
  async changePassword(
    @Arg("input", () => types.ChangePasswordInput) input: types.ChangePasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangePasswordPayload> {
    const { faults } = await changePassword(context, signedIn(context), input);
    return { changed: faults.length === 0, userErrors: userErrors(context, faults) };
  }
}

@Resolver()
export class EmailChangeResolver {
  @Mutation(() => types.ChangeEmailPayload, {
    description:
      "Asks for another sign-in address: a link is mailed there, a notice to the present one, which stays valid until the link is followed.",
  })
  async changeEmail(
    @Arg("input", () => types.ChangeEmailInput) input: types.ChangeEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangeEmailPayload> {
    return answer<types.ChangeEmailPayload>(
      context,
      await changeEmail(context, signedIn(context), input),
      nothingSent,
    );
  }

  @Mutation(() => types.ConfirmEmailChangePayload, {
    description:
      "Makes the address behind the link of a mail the one to sign in with. A link works once.",
  })
  async confirmEmailChange(
    @Arg("input", () => types.ConfirmEmailChangeInput) input: types.ConfirmEmailChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ConfirmEmailChangePayload> {
    return answer<types.ConfirmEmailChangePayload>(
      context,
      await confirmEmailChange(context, input),
      { email: null },
    );
  }
}
