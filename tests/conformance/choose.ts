/** Few contracts and people of a World on whom everything hangs that is checked. */
import { oddities, ownerOddities } from "../../mocks/world/oddities.ts";
import type { WorldContract } from "../../mocks/world/types.ts";
import type { Held, Known } from "./material.ts";

const isClosed = ({ updates }: WorldContract["requests"][number]) =>
  /^(DONE|CANCELLED)$/.test(updates.at(-1)!.status);

interface Want {
  readonly count: number;
  fits(contract: WorldContract): boolean;
}

/** The first ones come first, and so into batches. */
const wants: readonly Want[] = [
  {
    count: 1,
    fits: ({ requests }) => requests.some(isClosed) && !requests.every(isClosed),
  },
  { count: 1, fits: ({ fundsCalls, minutes }) => fundsCalls.length > 1 && minutes.length > 1 },
  { count: 1, fits: ({ directDebit, occupants }) => directDebit !== null && occupants.length > 0 },
  { count: 1, fits: ({ paymentPlan }) => paymentPlan !== null },
  { count: 1, fits: ({ entries }) => entries.length > 200 },
  { count: 2, fits: ({ requests }) => requests.length > 1 },
  { count: 2, fits: ({ fundsCalls }) => fundsCalls.length > 1 },
  { count: 2, fits: ({ minutes }) => minutes.length > 1 },
  { count: 2, fits: ({ notices }) => notices.length > 1 },
  { count: 2, fits: ({ receipts }) => receipts.length > 1 },
  { count: 2, fits: ({ regularisations }) => regularisations.length > 1 },
  { count: 1, fits: ({ surveys }) => surveys.length > 1 },
  { count: 1, fits: ({ insurance }) => insurance !== null },
];

/** Among the given ones, those who are rather taken first; a want that nobody meets is left. */
export function chooseContracts(held: readonly Held[]): Held[] {
  const chosen: Held[] = [];
  for (const { count, fits } of wants) {
    const lacking = count - chosen.filter(({ contract }) => fits(contract)).length;
    const more = held.filter((one) => !chosen.includes(one) && fits(one.contract));
    if (lacking > 0) chosen.push(...more.slice(0, lacking));
  }
  return chosen;
}

const told = [
  oddities.everything,
  ownerOddities.candidate,
  ownerOddities.coOwnerAndOwner,
  oddities.accents,
  oddities.longTexts,
  oddities.threeContracts,
];

export const choosePeople = (odd: readonly Known[]): Known[] =>
  told.flatMap((oddity) => odd.find(({ person }) => person.oddity === oddity) ?? []);
