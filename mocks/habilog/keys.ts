/** How Habilog names things. */
import { contractNumberOf } from "../world/numbers.ts";
import type { WorldContract, WorldPerson } from "../world/types.ts";

type Numbered<T extends { number: number }> = Pick<T, "number">;

/** `40000123` */
export const keyOfPerson = ({ number }: Numbered<WorldPerson>): string =>
  String(40_000_000 + number);

/** `L1200001` for the first one. */
export const keyOfContract = ({ number }: Numbered<WorldContract>): string =>
  `L${1_200_000 + number}`;

/** The seven digits that a person types. */
export const referenceOf = (contract: Numbered<WorldContract>): string =>
  keyOfContract(contract).slice(1);

/** `AV001234056`; `number` is the World's. */
export const keyOfNotice = ({ number }: { number: number }): string =>
  `AV${String(number).padStart(9, "0")}`;

export const keyOfEntry = ({ number }: { number: number }): string => `E${number}`;
export const keyOfPayment = ({ number }: { number: number }): string => `R${number}`;

export const keyOfOccupant = ({ number }: { number: number }): string => `O${number}`;

/** `D1` for the first demand of the batch. */
export const keyOfDemand = (number: number): string => `D${number}`;

export const personNumberOf = (key: string): number => Number(key) - 40_000_000;
export const contractNumberOfKey = (key: string): number => Number(key.slice(1)) - 1_200_000;
export const noticeNumberOf = (key: string): number => Number(key.slice(2));
export const contractOfNotice = (key: string): number => contractNumberOf(noticeNumberOf(key));
