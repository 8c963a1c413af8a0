/** How Intitulo names things. An intitulé's number is the directory's to give. */
import type { WorldContract, WorldPerson } from "../world/types.ts";

const digits = (value: number, count: number) => String(value).padStart(count, "0");

/** N° Tiers, `T10001` for the first one. */
export const keyOfPerson = ({ number }: Pick<WorldPerson, "number">): string =>
  `T${digits(10_000 + number, 5)}`;
export const personNumberOf = (key: string): number => Number(key.slice(1)) - 10_000;

/** N° Contrat, `C2400001` for the first one. */
export const keyOfContract = ({ number }: Pick<WorldContract, "number">): string =>
  `C${digits(2_400_000 + number, 7)}`;
export const contractNumberOfKey = (key: string): number => Number(key.slice(1)) - 2_400_000;

/** N° Intitulé, `120001` for the first one. */
export const keyOfIntitule = (nth: number): string => digits(120_000 + nth, 6);

/** N° Formule of a notice, `F00001034`; `number` is the World's. */
export const keyOfNotice = ({ number }: { number: number }): string => `F${digits(number, 8)}`;
export const keyOfEntry = ({ number }: { number: number }): string => `E${digits(number, 8)}`;
export const keyOfPayment = ({ number }: { number: number }): string => `R${digits(number, 8)}`;
export const thingNumberOf = (key: string): number => Number(key.slice(1));
