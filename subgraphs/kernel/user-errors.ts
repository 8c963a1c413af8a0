/** What a person can mend: faults with a code, and the texts to show. */
import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { RequestContext } from "./context.ts";
import type { Language, Texts } from "./landlord.ts";

/** The text of each code; `{name}` is filled in. */
export type Messages<Code extends string = string> = Readonly<Record<Code, Texts>>;

/** What fills a message: a text of the landlord's is taken in the same language. */
export type Values = Readonly<Record<string, string | number | Texts>>;

/** `field` is a path into the mutation's input; empty when it is about none of its fields. */
export interface Fault<Code extends string = string> {
  readonly code: Code;
  readonly field: readonly string[];
  readonly values?: Values;
}

/** Something that the person can mend, in the language of the request. */
export interface UserError {
  code: string;
  field: string[] | null;
  message: string;
}

export function messageOf(texts: Texts, language: Language, values: Values = {}): string {
  return texts[language].replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "object" ? value[language] : String(value);
  });
}

/** Faults as user errors, in the language of the request. */
export function userErrors<Code extends string>(
  { language }: Pick<RequestContext, "language">,
  messages: Messages<Code>,
  faults: readonly Fault<Code>[],
): UserError[] {
  return faults.map(({ code, field, values }) => ({
    code,
    field: field.length > 0 ? [...field] : null,
    message: messageOf(messages[code], language, values),
  }));
}

/** Makes the user errors of one mutation: `<Mutation>UserError`, its codes an enum of its own. */
export function userErrorsOf(mutation: string, messages: Messages): new () => UserError {
  const codes = Object.keys(messages);
  const Code = Object.fromEntries(codes.map((code) => [code, code]));
  const blanks = { label: "…", count: "n", minutes: "n" };
  registerEnumType(Code, {
    name: `${mutation}ErrorCode`,
    description: `Why \`${mutation[0]?.toLowerCase()}${mutation.slice(1)}\` was refused.`,
    valuesConfig: Object.fromEntries(
      codes.map((code) => [code, { description: messageOf(messages[code]!, "en", blanks) }]),
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
