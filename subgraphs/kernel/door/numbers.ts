/**
 * What a request may weigh. Clients are told that they are beyond a limit, never which number it is.
 * Every operation of `schema/operations/` is far below each of them (`numbers.test.ts`).
 */

/** Of the document, in characters: ten times the longest that we publish. */
export const maxCharacters = 20_000;
/** Names, brackets, values: what the parser and each rule of the validation go through. */
export const maxTokens = 3_000;
/** Brackets within brackets, literal lists and objects included: the parser calls itself for each. */
export const maxNesting = 60;
/** Fields within fields. Our deepest operation is 7; the query by which tools read a schema is 15 deep. */
export const maxDepth = 16;
/** Fields and fragments once all fragments are written out. */
export const maxSelections = 2_000;
/** A page of twenty contracts by their ids is fine; a guess in each alias is not. */
export const maxAliases = 50;
/** `@include` and `@skip` of a whole screen. */
export const maxDirectives = 50;
/**
 * Pairs of fields that answer under one name. The rule that looks whether they can be merged compares
 * all of them: its time is the square of what a client writes.
 */
export const maxPairs = 40_000;
/** Fields of one mutation, one after the other: each may be a try at a password. */
export const maxMutations = 5;
/** The cost of an operation: see `measure.ts`. */
export const maxCost = 10_000;
/** Objects within lists within objects, in variables. Our inputs are 4 deep. */
export const maxValueDepth = 12;
/** Values in the variables, all told. */
export const maxValues = 5_000;

/** What a list without `first` is taken to hold. */
export const assumedList = 5;
/** What a field costs that is an object of its own; values within it cost nothing more. */
export const objectCost = 1;
/** What a field costs that may ask the ERP. */
export const callCost = 5;
/**
 * More marks on one letter than any writing has: Unicode's stream-safe text ends at 30. They are put in
 * order wherever text is brought into one form, in a time that is the square of their number.
 */
export const heapedMarks = /\p{M}{31}/u;
