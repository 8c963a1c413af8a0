/** One thing that is wrong in a file that whoever runs the gateway has written. */
export interface Fault {
  /** As it is shown: `landlords/la-rochelle.yaml`. */
  readonly file: string;
  /** From 1; 0 when the fault is not in a line. */
  readonly line: number;
  /** `registration.fields[2].label`; empty when the fault is the file's. */
  readonly field: string;
  /** What should be there, and what is: follows the word "expected". Holds no secret. */
  readonly expected: string;
}

/** The gateway cannot start. Holds every fault at once; its message has a line for each. */
export class ConfigurationError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(lineOf).join("\n"));
    this.name = "ConfigurationError";
    this.faults = faults;
  }
}

function lineOf({ file, line, field, expected }: Fault): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return [place, field, `expected ${expected}`].filter((part) => part !== "").join("  ");
}
