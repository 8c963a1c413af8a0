/** For how long answers are kept, by their kind. A landlord's file may say otherwise, port by port. */
import type { Keep } from "./port.ts";

const minute = 60;
const day = 86_400;

/**
 * What is about one person or contract: asked anew each time, and kept for a day without the ERP.
 * Whose a contract is, too: for showing what was shown before, never for changing anything.
 */
export const ofOnePerson: Keep = { freshSeconds: 0, staleSeconds: day, personal: true };

/** What many people are told alike: news, the building. */
export const ofEverybody: Keep = {
  freshSeconds: 5 * minute,
  staleSeconds: 7 * day,
  personal: false,
};
