/**
 * What people can ask for. A kind joins in where the landlord lists the capability of its port, so
 * an adapter that serves one more is tried by that alone.
 */
import type { Random } from "../../mocks/world/random.ts";
import { billingKinds } from "./kinds-billing.ts";
import { contractKinds } from "./kinds-contract.ts";
import { personKinds } from "./kinds-person.ts";
import { requestKinds } from "./kinds-requests.ts";
import type { Facts } from "./facts.ts";
import type { Mark } from "./marks.ts";
import type { Person } from "./person.ts";

/** Somebody at the screen of a form. */
export interface AtForm {
  readonly person: Person;
  readonly facts: Facts;
  readonly mark: Mark;
  readonly random: Random;
}

/** A form, filled in. */
export interface Form {
  /** `changeBillingAddress`: its input is `ChangeBillingAddressInput`. */
  readonly mutation: string;
  /** All but the idempotency key. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What the ERP's record of it contains, each of them. */
  readonly marks: readonly RegExp[];
  /** See `Asked`. */
  readonly mayHoldAlready?: boolean;
}

export interface Kind {
  readonly port: string;
  readonly about: "contract" | "person";
  /** Null when it cannot be asked for just now. */
  fillIn(at: AtForm): Promise<Form | null> | Form | null;
}

const kinds: readonly Kind[] = [...contractKinds, ...personKinds, ...billingKinds, ...requestKinds];

/** `occupantChanges`, as the schema lists it: `OCCUPANT_CHANGES`. */
export const capabilityOf = ({ port }: Pick<Kind, "port">): string =>
  port.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export const kindsOf = ({ capabilities }: Facts): Kind[] =>
  kinds.filter((kind) => capabilities.includes(capabilityOf(kind)));

/** The mutation, with all that a client wants to know of the change. */
export function documentOf({ mutation }: Form): string {
  const input = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${input}!) {
    ${mutation}(input: $input) { change { receipt status } userErrors { code } }
  }`;
}
