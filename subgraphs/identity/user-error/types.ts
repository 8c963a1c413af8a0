import "reflect-metadata";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { message, type MessageCode } from "../messages.ts";

/** Something that the person can mend, in the language of the request. */
export interface UserError {
  code: string;
  field: string[] | null;
  message: string;
}

/** Makes the user errors of one mutation: `<Mutation>UserError`, its codes an enum of its own. */
export function userErrorsOf(mutation: string, codes: readonly MessageCode[]): new () => UserError {
  const Code = Object.fromEntries(codes.map((code) => [code, code]));
  const blanks = { label: "…", count: "n", minutes: "n" };
  registerEnumType(Code, {
    name: `${mutation}ErrorCode`,
    description: `Why \`${mutation[0]?.toLowerCase()}${mutation.slice(1)}\` was refused.`,
    valuesConfig: Object.fromEntries(
      codes.map((code) => [code, { description: message(code, "en", blanks) }]),
    ),
  });

  @ObjectType(`${mutation}UserError`, {
    simpleResolvers: true,
    description: "Something that the person can mend.",
  })
  class MutationUserError {
    @Field(() => Code, { description: "For programs." })
    code!: string;

    @Field(() => [String], {
      nullable: true,
      description: "Path into the input. Null when it is about none of its fields.",
    })
    field!: string[] | null;

    @Field(() => String, { description: "Ready to be shown, in the language of the request." })
    message!: string;
  }
  return MutationUserError;
}

export const errorsDescription = "What the person can mend; empty when it worked.";
