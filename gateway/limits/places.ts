/** How much may be under way at once. Beyond that it is refused at once, rather than everybody waiting. */

/** Of the whole process. A usual screen weighs 1, a long page of documents 2, the heaviest operation 21. */
export const usualPlaces = 600;

export type TakePlace = (landlord: string, weight: number) => (() => void) | null;

/**
 * Nobody may have more than half of the places, so that the tenants of one landlord, or whoever floods
 * it, leave room for those of the others. Null when there is none left; else gives the places back.
 */
export function createPlaces(total: number): TakePlace {
  const share = Math.ceil(total / 2);
  const byLandlord = new Map<string, number>();
  let taken = 0;
  return (landlord, weight) => {
    const own = byLandlord.get(landlord) ?? 0;
    if (own + weight > share || taken + weight > total) return null;
    byLandlord.set(landlord, own + weight);
    taken += weight;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      byLandlord.set(landlord, byLandlord.get(landlord)! - weight);
      taken -= weight;
    };
  };
}
