/** What holds for people, beside what holds for every read. */
import type { CredentialHolder, Person, Registrant, Role } from "../../ports/identity.ts";
import { z } from "zod";
import { alone, ask, saysUnknown } from "../ask.ts";
import { needSome, that, type Check } from "../check.ts";
import { each, everything, lists, valueCheck } from "./shape.ts";

const roleOrder: readonly Role[] = ["TENANT", "CO_OWNER", "OWNER", "CANDIDATE"];

export const identityChecks: readonly Check[] = [
  valueCheck({
    read: "persons.byKeys",
    suffix: "own-key",
    title: "A person has the key by which it was asked",
    hint: "Keep the key as it was given: trimmed zeros and changed case make other keys.",
    run: async (subject, read) => {
      const keys = needSome(subject.material.persons, 1, "persons: keys of people");
      const people = (await Promise.all(
        keys.map((key) => alone(subject, read, key)),
      )) as (Person | null)[];
      const pairs = people.map((person, index) => [person?.key, keys[index]]);
      return each(pairs, "the key that was asked", ([own, asked]) => own === asked);
    },
  }),
  valueCheck({
    read: "persons.byKeys",
    suffix: "names",
    title: "Names come with every accent and whole",
    hint: "Decode by the charset that the answer declares or the ERP is known for, once; undo HTML entities once.",
    run: async (subject, read) => {
      const names = needSome(
        subject.material.names,
        1,
        "names: people with accents, ligatures, long names",
      );
      const people = (await Promise.all(
        names.map(({ person }) => alone(subject, read, person)),
      )) as (Person | null)[];
      const pairs = names.map((name, index) => ({ name, person: people[index] }));
      return each(
        pairs,
        "surname and given name as the landlord writes them",
        ({ name, person }) =>
          person?.surname === name.surname && person.givenName === name.givenName,
      );
    },
  }),
  valueCheck({
    read: "persons.byKeys",
    suffix: "birth-dates",
    title: "A birth date is the day that the landlord has, in every zone",
    hint: "Keep a day as text: a midnight in Paris is the day before in UTC.",
    run: async (subject, read) => {
      const dates = needSome(
        subject.material.birthDates,
        1,
        "birthDates: people with a birth date",
      );
      const people = (await Promise.all(
        dates.map(({ person }) => alone(subject, read, person)),
      )) as (Person | null)[];
      const pairs = dates.map(({ birthDate }, index) => [people[index]?.birthDate, birthDate]);
      return each(pairs, "the same day", ([came, expected]) => came === expected);
    },
  }),
  valueCheck({
    read: "persons.byKeys",
    suffix: "email",
    title: "An e-mail address is one, or none",
    hint: "ERPs write “néant” or “-” into the field: that is null.",
    run: async (subject, read) =>
      each(
        await everything<Person>(subject, read),
        "an e-mail address, or null",
        ({ email }) => email === null || z.email().safeParse(email).success,
      ),
  }),
  valueCheck({
    read: "registrations.byReferences",
    suffix: "everybody",
    title: "A reference finds its signatories, and nobody else",
    hint: "Co-tenants share a contract and its reference: all of them, each once.",
    run: async (subject, read) => {
      const typed = needSome(subject.material.references, 1, "references: as people type them");
      const found = (await Promise.all(
        typed.map(({ kind, reference }) => alone(subject, read, { kind, reference })),
      )) as Registrant[][];
      const pairs = typed.map(({ personKeys }, index) => [
        personKeys.toSorted().join("\n"),
        found[index]!.map(({ personKey }) => personKey)
          .sort()
          .join("\n"),
      ]);
      return each(pairs, "exactly those behind it", ([expected, came]) => expected === came);
    },
  }),
  valueCheck({
    read: "roles.ofPersons",
    suffix: "sorted",
    title: "Each role once, in the order of the port",
    hint: "Sort by TENANT, CO_OWNER, OWNER, CANDIDATE after doubles are gone.",
    run: async (subject, read) =>
      each(
        await lists<Role>(subject, read, 1),
        "roles in order, each once",
        (given) => given.join() === roleOrder.filter((role) => given.includes(role)).join(),
      ),
  }),
  valueCheck({
    read: "credentials.check",
    suffix: "holder",
    title: "The right password names its holder",
    hint: "Send the password as it was typed, with its spaces and accents.",
    run: async (subject, read) => {
      const known = needSome(subject.material.credentials, 1, "credentials: as printed");
      const found = (await Promise.all(
        known.map(({ identifier, password }) => alone(subject, read, { identifier, password })),
      )) as (CredentialHolder | null)[];
      const pairs = known.map(({ personKey }, index) => [personKey, found[index]?.personKey]);
      return each(pairs, "the person whose they are", ([expected, came]) => expected === came);
    },
  }),
  valueCheck({
    read: "credentials.check",
    suffix: "wrong-password",
    title: "A wrong password is answered as an unknown identifier is",
    hint: "Whatever the ERP says of the two, answer null for both.",
    run: async (subject, read) => {
      const known = needSome(subject.material.credentials, 1, "credentials: as printed");
      const wrong = known.map(({ identifier }) => ({ identifier, password: "not-this-one" }));
      const answers = await ask(subject, read, wrong.slice(0, 1));
      return that(saysUnknown(read, answers[0]), "null", "a holder");
    },
  }),
];
