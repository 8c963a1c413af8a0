import "reflect-metadata";
import { Field, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../kernel/scalars.ts";
import { errorsDescription, type UserError } from "../../kernel/user-errors.ts";
import { userErrorsOf } from "../user-error/types.ts";
import { beginCodes, type TypedConnection } from "./begin.ts";
import { chooseCodes } from "./choose-password.ts";
import { confirmCodes } from "./confirm.ts";

const BeginUserError = userErrorsOf("BeginFirstConnection", beginCodes);
const ConfirmUserError = userErrorsOf("ConfirmFirstConnection", confirmCodes);
const ChooseUserError = userErrorsOf("ChooseFirstPassword", chooseCodes);

@InputType({
  description: "A first connection, as typed, where `RegistrationForm.kind` is `FIRST_CONNECTION`.",
})
export class BeginFirstConnectionInput implements TypedConnection {
  @Field(() => String, { description: "Identifiant, as printed on calls for funds or rent." })
  identifier!: string;

  @Field(() => String, {
    description: "The provisional password that came with it, or that of the former portal.",
  })
  password!: string;

  @Field(() => String, { description: "The address to sign in with; a link is sent there." })
  email!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `beginFirstConnection` answers." })
export class BeginFirstConnectionPayload {
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

  @Field(() => [BeginUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "The link of a mail that was followed." })
export class ConfirmFirstConnectionInput {
  @Field(() => String, { description: "The parameter `token` of the link." })
  token!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `confirmFirstConnection` answers." })
export class ConfirmFirstConnectionPayload {
  @Field(() => String, {
    nullable: true,
    description: "The address to sign in with. Null when the link was refused.",
  })
  email!: string | null;

  @Field(() => Boolean, {
    description:
      "Whether another password must be chosen first (`chooseFirstPassword`): the one that was typed is provisional, or weaker than `Landlord.passwordPolicy`.",
  })
  mustChangePassword!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "For `chooseFirstPassword`: good once. Null where the password stays.",
  })
  passwordToken!: string | null;

  @Field(() => [ConfirmUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "The password that replaces a provisional one." })
export class ChooseFirstPasswordInput {
  @Field(() => String, { description: "`ConfirmFirstConnectionPayload.passwordToken`." })
  token!: string;

  @Field(() => String, { description: "See `Landlord.passwordPolicy`." })
  newPassword!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `chooseFirstPassword` answers." })
export class ChooseFirstPasswordPayload {
  @Field(() => String, {
    nullable: true,
    description: "The address that can be signed in with now. Null when it was refused.",
  })
  email!: string | null;

  @Field(() => [ChooseUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
