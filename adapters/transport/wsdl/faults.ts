/** What is wrong with a description: kept together, so that all of it is said at once. */

/** Why nothing, or less, can be made of it. */
export interface WsdlFault {
  readonly file: string;
  /** From 1; 0 where no line is to blame. */
  readonly line: number;
  /** Where inside: an element, a JSON pointer. */
  readonly place: string;
  /** A whole sentence: what is wrong and what to do. */
  readonly message: string;
}

export class WsdlFaults extends Error {
  readonly faults: readonly WsdlFault[];

  constructor(faults: readonly WsdlFault[]) {
    super(faults.map(({ message }) => message).join(" "));
    this.faults = faults;
  }
}

/** A fault where an element stands. */
export const faultAt = (
  { file, line }: { readonly file: string; readonly line: number },
  place: string,
  message: string,
): WsdlFaults => new WsdlFaults([{ file, line, place, message }]);

/** Does each job; afterwards throws all that was wrong with any of them. */
export function eachOrFaults<T, R>(items: readonly T[], job: (item: T) => R): R[] {
  const faults: WsdlFault[] = [];
  const results: R[] = [];
  for (const item of items) {
    try {
      results.push(job(item));
    } catch (error) {
      if (!(error instanceof WsdlFaults)) throw error;
      faults.push(...error.faults.filter((one) => !faults.some((other) => same(one, other))));
    }
  }
  if (faults.length > 0) throw new WsdlFaults(faults);
  return results;
}

const same = (one: WsdlFault, other: WsdlFault): boolean =>
  one.file === other.file && one.line === other.line && one.message === other.message;
