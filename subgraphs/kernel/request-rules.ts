/** What a landlord's file says of requests and surveys. */
import { z } from "zod";

export const RequestRules = z
  .strictObject({
    /** Whether tenants get a mail when the landlord's system tells of progress. */
    progressMails: z.boolean().default(true),
    /** By what the landlord's system may tell of progress: `POST /webhooks/<landlord>/requests`. */
    webhook: z
      .strictObject({
        /** What it signs with: `{ env: NAME }`. */
        secret: z.strictObject({ env: z.string().min(1) }),
      })
      .optional(),
  })
  .prefault({});

export const SurveyRules = z
  .strictObject({
    /** Whether an answer may be sent in while something lacks, to be completed later. */
    incompleteAllowed: z.boolean().default(true),
    /** So many days before an answer is due its reminders are sent; empty: there are none. */
    reminderDays: z.array(z.int().min(1).max(60)).default([14, 3]),
  })
  .prefault({});
