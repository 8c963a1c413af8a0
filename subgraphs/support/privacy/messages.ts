import { currentPasswordMessages } from "../../kernel/current-password.ts";
import type { Messages } from "../../kernel/user-errors.ts";
import { personMessages } from "../messages.ts";

const ofStaff = {
  ACCOUNT_OF_STAFF: {
    fr: "Ce compte est celui d'un membre du personnel.",
    en: "This account is of the landlord's staff.",
  },
} as const satisfies Messages;

export const exportMessages = {
  ...personMessages,
  ...ofStaff,
  TOO_MANY_ATTEMPTS: {
    fr: "Trop de copies envoyées : réessayez dans {minutes} min.",
    en: "Too many copies were sent: try again in {minutes} min.",
  },
} as const satisfies Messages;

export const eraseMessages = {
  ...personMessages,
  ...ofStaff,
  ...currentPasswordMessages,
} as const satisfies Messages;
