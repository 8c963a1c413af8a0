/** What is wrong with single values, by the id of the check. */
import type { Mistake } from "../index.ts";
import { answered, reversed, served, things } from "./serving.ts";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "");
const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const hourLater = (moment: string) => new Date(Date.parse(moment) + 3_600_000).toISOString();
const turned = (money: { amount: string }) => ({
  ...money,
  amount: money.amount.startsWith("-") ? money.amount.slice(1) : `-${money.amount}`,
});

const persons = "persons.byKeys";
const contracts = "contracts.ofPersons";
const balances = "balances.ofContracts";
const entries = "accountEntries.ofContracts";
const requests = "serviceRequests.ofContracts";
const catalogues = "requestCatalogues.ofContracts";

const identity: Record<string, Mistake> = {
  [`${persons}/own-key`]: things(persons, (one) => ({ ...one, key: one.key.toLowerCase() })),
  [`${persons}/names`]: things(persons, (one) => ({ ...one, surname: plain(one.surname) })),
  [`${persons}/birth-dates`]: things(persons, (one) => ({
    ...one,
    birthDate: dayBefore(one.birthDate),
  })),
  [`${persons}/email`]: things(persons, (one) => ({ ...one, email: "néant" })),
  "registrations.byReferences/everybody": answered("registrations.byReferences", (people) =>
    people.slice(1),
  ),
  "roles.ofPersons/sorted": reversed("roles.ofPersons"),
  "credentials.check/holder": things("credentials.check", (one) => ({ ...one, personKey: "P-9" })),
  "credentials.check/wrong-password": served(
    "credentials.check",
    (ask) => (keys, call) =>
      ask(
        keys.map(({ identifier }: { identifier: string }) => ({
          identifier,
          password: `10203${Number(identifier.slice(-1)) - 1}`,
        })),
        call,
      ),
  ),
};

const contract: Record<string, Mistake> = {
  [`${contracts}/exactly`]: answered(contracts, (all) => all.slice(1)),
  [`${contracts}/sorted`]: reversed(contracts),
  [`${contracts}/dwelling-first`]: things(contracts, (one) => ({
    ...one,
    units: one.units.toReversed(),
  })),
  [`${contracts}/ended`]: things(contracts, (one) => ({
    ...one,
    endDate: one.endDate && dayBefore(one.endDate),
  })),
  [`${contracts}/dates`]: things(contracts, (one) => ({ ...one, startDate: "2031-03-04" })),
  "insurancePolicies.ofContracts/dates": things("insurancePolicies.ofContracts", (one) => ({
    ...one,
    validFrom: one.validTo,
    validTo: one.validFrom,
  })),
  "occupants.ofContracts/own": things("occupants.ofContracts", (one) => ({ ...one, key: "O" })),
  "candidacies.ofPersons/sorted": reversed("candidacies.ofPersons"),
  "news.ofPersons/sorted": reversed("news.ofPersons"),
  "news.ofPersons/plain-text": things("news.ofPersons", (one) => ({
    ...one,
    text: `<p>${one.text}</p>`,
  })),
};

const plans = "paymentPlans.ofContracts";
const billing: Record<string, Mistake> = {
  [`${balances}/exact`]: things(balances, (one) => ({ ...one, owed: turned(one.owed) })),
  [`${balances}/late-owes`]: things(balances, (one) => ({ ...one, late: true })),
  [`${balances}/not-ahead`]: things(balances, (one) => ({ ...one, asOf: "2099-01-01T00:00:00Z" })),
  [`${entries}/sum`]: things(entries, (one) => ({ ...one, owed: turned(one.owed) })),
  [`${entries}/exact`]: things(entries, (one) => ({ ...one, date: dayBefore(one.date) })),
  [`${entries}/periods`]: things(entries, (one) => ({
    ...one,
    period: { from: one.period.to, to: one.period.from },
  })),
  "payments.ofContracts/positive": things("payments.ofContracts", (one) => ({
    ...one,
    amount: turned(one.amount),
  })),
  "ledgers.ofPersons/sorted": reversed("ledgers.ofPersons"),
  [`${plans}/sum`]: things(plans, (one) => ({ ...one, total: turned(one.total) })),
  [`${plans}/sorted`]: things(plans, (one) => ({
    ...one,
    instalments: one.instalments.toReversed(),
  })),
};

const documents: Record<string, Mistake> = {
  "rentNotices.ofContracts/sum": things("rentNotices.ofContracts", (one) => ({
    ...one,
    lines: one.lines.slice(1),
  })),
  "rentReceipts.ofContracts/split": things("rentReceipts.ofContracts", (one) => ({
    ...one,
    charges: null,
  })),
  "chargeRegularisations.ofContracts/difference": things(
    "chargeRegularisations.ofContracts",
    (one) => ({ ...one, difference: turned(one.difference) }),
  ),
};

const requestsAndSurveys: Record<string, Mistake> = {
  [`${requests}/states`]: served(
    requests,
    (ask) => (keys, call) =>
      ask(
        keys.map((key: object) => ({ ...key, state: "ALL" })),
        call,
      ),
  ),
  [`${requests}/last-update`]: things(requests, (one) => ({ ...one, status: "CANCELLED" })),
  [`${requests}/updates-sorted`]: things(requests, (one) => ({
    ...one,
    updates: one.updates.toReversed(),
  })),
  [`${requests}/moments`]: things(requests, (one) => ({
    ...one,
    createdAt: hourLater(one.createdAt),
  })),
  [`${requests}/descriptions`]: things(requests, (one) => ({
    ...one,
    description: one.description.slice(0, 255),
  })),
  [`${catalogues}/keys`]: answered(catalogues, (one) => ({
    ...one,
    reasons: one.reasons.map((reason: object) => ({ ...reason, key: "R" })),
  })),
  [`${catalogues}/places`]: answered(catalogues, (one) => ({ ...one, places: [] })),
  "surveys.ofContracts/sorted": reversed("surveys.ofContracts"),
  "surveys.ofContracts/own": things("surveys.ofContracts", (one) => ({
    ...one,
    contractKey: "C-0",
  })),
};

export const valueMistakes: Readonly<Record<string, Mistake>> = {
  ...identity,
  ...contract,
  ...billing,
  ...documents,
  ...requestsAndSurveys,
};
