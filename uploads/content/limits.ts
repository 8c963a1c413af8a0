import { Refusal } from "../refusal.ts";

const mostPixels = 120_000_000;
const longestSide = 20_000;

/** An image that a phone or a scanner makes; a few bytes can claim more than any memory holds. */
export function checkPixels(width: number, height: number): void {
  if (width < 1 || height < 1) throw new Refusal("DAMAGED");
  if (Math.max(width, height) > longestSide || width * height > mostPixels) {
    throw new Refusal("TOO_MANY_PIXELS");
  }
}
