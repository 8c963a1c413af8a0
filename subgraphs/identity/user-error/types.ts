import "reflect-metadata";
import { userErrorsOf as userErrorsWith, type UserError } from "../../kernel/user-errors.ts";
import { messagesOf, type MessageCode } from "../messages.ts";

/** Makes the user errors of one mutation, of the codes that it can answer with. */
export const userErrorsOf = (
  mutation: string,
  codes: readonly MessageCode[],
): new () => UserError => userErrorsWith(mutation, messagesOf(codes));
