/**
 * What checks are made with: keys of the ERP whose properties are known. Stand-ins fill it from
 * what they hold; for a live ERP its integrator writes it down. What is left out is skipped, with
 * a sentence that says what to add.
 */
import { z } from "zod";
import { CredentialHolder, Registrant } from "../ports/identity.ts";
import { Amount, Day, Key, Moment, Text } from "../ports/values.ts";

const personKey = Registrant.shape.personKey;

export const Material = z
  .strictObject({
    /** At least three different people. */
    persons: z.array(Key),
    /** In the ERP's own form, of nobody; made from a known one unless given. */
    unknownPerson: Key,
    /** At least three, of different people; the more hangs on them, the more is checked. */
    contracts: z.array(Key),
    unknownContract: Key,
    /** As typed at registration, with everybody behind it. */
    references: z.array(
      z.strictObject({
        kind: z.enum(["CUSTOMER", "CONTRACT"]),
        reference: z.string(),
        personKeys: z.array(personKey),
      }),
    ),
    credentials: z.array(
      z.strictObject({
        identifier: z.string(),
        password: z.string(),
        personKey: CredentialHolder.shape.personKey,
      }),
    ),
    /** All contracts of a person: no more, no fewer. */
    holdings: z.array(z.strictObject({ person: Key, contracts: z.array(Key) })),
    /** Ended ones: the day as the landlord prints it. */
    ended: z.array(z.strictObject({ person: Key, contract: Key, endDate: Day })),
    /** Accents, ligatures, apostrophes, long ones. */
    names: z.array(z.strictObject({ person: Key, surname: Text, givenName: Text })),
    birthDates: z.array(z.strictObject({ person: Key, birthDate: Day })),
    /** Debtor, creditor, settled, above a thousand. */
    balances: z.array(z.strictObject({ contract: Key, owed: Amount })),
    /** All entries of a contract, newest first. */
    accounts: z.array(
      z.strictObject({
        contract: Key,
        entries: z.array(z.strictObject({ date: Day, label: Text, owed: Amount })),
      }),
    ),
    /** Contracts without one entry. */
    quiet: z.array(Key),
    /** When requests of a contract came, in any order: some in summer time, some in winter time. */
    requests: z.array(z.strictObject({ contract: Key, createdAt: z.array(Moment) })),
    /** What a tenant wrote, at length or in several lines. */
    descriptions: z.array(z.strictObject({ contract: Key, description: Text })),
    /** With what changes are tried: where writing is allowed only. */
    writing: z
      .strictObject({
        person: Key,
        /** Of that person, going on. */
        contract: Key,
        /** Contracts whose bank details and debit may be changed; the one above unless given. */
        debited: z.array(z.strictObject({ person: Key, contract: Key })),
        /** With something owed, and nothing against a payment; the one above unless given. */
        paying: z.strictObject({ person: Key, contract: Key }),
        /** Contracts with an open survey. */
        surveyed: z.array(z.strictObject({ person: Key, contract: Key })),
        /** Days of the month that the landlord lets be chosen. */
        debitDays: z.array(z.coerce.number<number | string>().int().min(1).max(28)),
        provider: z.enum(["PAYFIP", "LYRA"]),
        /** Where people live: France, unless the ERP takes others. */
        postalCode: Text,
        city: Text,
      })
      .partial({ paying: true, debited: true, surveyed: true, debitDays: true }),
  })
  .partial();
export type Material = z.infer<typeof Material>;

/** A key of the same form that names nothing: every digit another. */
export function unlike(key: string): string {
  const changed = key.replace(/\d/g, "9");
  return changed === key ? key.replace(/9/g, "8") : changed;
}
