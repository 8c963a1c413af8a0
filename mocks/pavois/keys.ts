/** How Pavois names things. */
import { contractNumberOf } from "../world/numbers.ts";
import type { WorldContract, WorldPerson } from "../world/types.ts";

const digits = (value: number, count: number) => String(value).padStart(count, "0");

/** `T0000123` */
export const keyOfPerson = (person: Pick<WorldPerson, "number">): string =>
  `T${digits(person.number, 7)}`;

/** `L/2013936` for the first one. */
export const keyOfContract = (contract: Pick<WorldContract, "number">): string =>
  `L/${digits(2_013_935 + contract.number, 7)}`;

/** The seven digits that the notice prints at its top left. */
export const referenceOf = (contract: Pick<WorldContract, "number">): string =>
  keyOfContract(contract).slice(2);

/** Avis d'échéance, quittance, régularisation. */
export type DocumentPrefix = "AE" | "QT" | "RG";

/** `AE-00001034`; `number` is the World's, unique among documents of the kind. */
export const keyOfDocument = (prefix: DocumentPrefix, { number }: { number: number }): string =>
  `${prefix}-${digits(number, 8)}`;

/** `D00001002` */
export const keyOfRequest = ({ number }: { number: number }): string => `D${digits(number, 8)}`;

/** `O00014001`; a signatory has the key of the person instead. */
export const keyOfOccupant = ({ number }: { number: number }): string => `O${digits(number, 8)}`;

/** `Q00014001` */
export const keyOfSurvey = ({ number }: { number: number }): string => `Q${digits(number, 8)}`;

/** `Q00014001-02` */
export const keyOfMember = (survey: { number: number }, { number }: { number: number }): string =>
  `${keyOfSurvey(survey)}-${digits(number, 2)}`;

/** `A060` */
export const keyOfNews = ({ number }: { number: number }): string => `A${digits(number, 3)}`;

export const personNumberOf = (key: string): number => Number(key.slice(1));
/** From `L/2013936` or `2013936`. */
export const contractNumberOfKey = (key: string): number =>
  Number(key.replace("L/", "")) - 2_013_935;
/** The World's number behind a document's or a request's key. */
export const thingNumberOf = (key: string): number => Number(key.replace(/^\D+/, ""));
export const contractOfThing = (key: string): number => contractNumberOf(thingNumberOf(key));
