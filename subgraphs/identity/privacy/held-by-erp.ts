/** What the landlord's system tells of the viewer, through every port that is about a person. */
import * as billing from "../../../adapters/ports/billing.ts";
import * as contract from "../../../adapters/ports/contract.ts";
import * as documents from "../../../adapters/ports/documents.ts";
import * as identity from "../../../adapters/ports/identity.ts";
import type { BatchRead, Port } from "../../../adapters/ports/port.ts";
import { serviceRequests } from "../../../adapters/ports/requests.ts";
import { surveys } from "../../../adapters/ports/surveys.ts";
import type { Page, PageRequest } from "../../../adapters/ports/values.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { asGraphQLError } from "../../kernel/errors.ts";
import type { Texts } from "../../kernel/landlord.ts";
import { load } from "../../kernel/loaders.ts";
import { maskIban } from "../../kernel/mask-iban.ts";
import { ownContracts, signedIn } from "../../kernel/ownership.ts";
import type { Section } from "./section.ts";

interface Part {
  readonly name: Texts;
  /** Where the landlord's system does not serve it, the part is left out. */
  readonly port: { readonly name: string };
  readonly read: (context: RequestContext) => Promise<unknown>;
}

interface OfPersons {
  readonly ofPersons: BatchRead<string, unknown>;
}
interface OfContracts {
  readonly ofContracts: BatchRead<string, unknown>;
}
interface Lists {
  readonly ofContracts: BatchRead<billing.ContractPage, Page<unknown>>;
}

/** Of each of the viewer's persons. */
const eachPerson =
  (one: (context: RequestContext, personKey: string) => Promise<unknown>) =>
  (context: RequestContext) =>
    Promise.all(signedIn(context).personKeys.map((key) => one(context, key)));

/** Of each of the viewer's contracts, under its number. */
const eachContract =
  (one: (context: RequestContext, contractKey: string) => Promise<unknown>) =>
  async (context: RequestContext) => {
    const own = await ownContracts(context);
    return Promise.all(
      own.map(async ({ key, number }) => ({ contrat: number, donnees: await one(context, key) })),
    );
  };

const mostPages = 1000;

/** All pages of a list, to the end. */
async function allPages(next: (page: PageRequest) => Promise<Page<unknown>>): Promise<unknown[]> {
  const items: unknown[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const got: Page<unknown> = await next({ first: 100, after });
    items.push(...got.items);
    if (!got.hasNextPage || got.endCursor === null) return items;
    after = got.endCursor;
  }
  throw new Error("A list of the landlord's system does not end.");
}

const ofPersons = (fr: string, en: string, port: Port<OfPersons>): Part => ({
  name: { fr, en },
  port,
  read: eachPerson((context, key) => load(context, port, "ofPersons", key)),
});

const ofContracts = (fr: string, en: string, port: Port<OfContracts>): Part => ({
  name: { fr, en },
  port,
  read: eachContract((context, key) => load(context, port, "ofContracts", key)),
});

const listed = (fr: string, en: string, port: Port<Lists>): Part => ({
  name: { fr, en },
  port,
  read: eachContract((context, contractKey) =>
    allPages((page) => load(context, port, "ofContracts", { contractKey, ...page })),
  ),
});

const parts: readonly Part[] = [
  {
    name: { fr: "État civil et coordonnées", en: "Personal data" },
    port: identity.persons,
    read: eachPerson((context, key) => load(context, identity.persons, "byKeys", key)),
  },
  ofPersons("Situation professionnelle", "Professional situation", identity.professionalSituations),
  ofPersons("Profils", "Roles", identity.roles),
  ofPersons("Contrats", "Contracts", contract.contracts),
  ofPersons("Biens", "Properties", contract.properties),
  ofPersons("Candidatures", "Candidacies", contract.candidacies),
  ofContracts("Occupants", "Occupants", contract.occupants),
  ofContracts("Assurance", "Insurance", contract.insurancePolicies),
  ofContracts("Adresse de facturation", "Billing address", contract.billingAddresses),
  ofContracts("Solde", "Balance", billing.balances),
  ofPersons("Comptes", "Ledgers", billing.ledgers),
  listed("Écritures", "Account entries", billing.accountEntries),
  listed("Paiements reçus", "Payments received", billing.payments),
  {
    name: { fr: "RIB", en: "Bank details" },
    port: billing.bankAccounts,
    // It may be a co-tenant's: shown as the account shows it.
    read: eachContract(async (context, key) => {
      const found = await load(context, billing.bankAccounts, "ofContracts", key);
      return found && { ...found, iban: maskIban(found.iban) };
    }),
  },
  ofContracts("Prélèvement", "Direct debit", billing.directDebits),
  ofContracts("Échéancier", "Payment plan", billing.paymentPlans),
  listed("Avis d'échéance", "Rent notices", documents.rentNotices),
  listed("Quittances et reçus", "Receipts", documents.rentReceipts),
  listed("Régularisations de charges", "Regularisations", documents.chargeRegularisations),
  listed("Appels de fonds", "Calls for funds", documents.fundsCalls),
  listed("Procès-verbaux d'assemblée", "Assembly minutes", documents.assemblyMinutes),
  {
    name: { fr: "Demandes", en: "Requests" },
    port: serviceRequests,
    read: eachContract((context, contractKey) =>
      allPages((page) =>
        load(context, serviceRequests, "ofContracts", { contractKey, state: "ALL", ...page }),
      ),
    ),
  },
  ofContracts("Enquêtes", "Surveys", surveys),
];

/** One section for each part that the landlord's system has; one that fails says so, and the rest is there. */
export async function heldByErp(context: RequestContext): Promise<Section[]> {
  const served = parts.filter(({ port }) => context.ports.served.includes(port.name));
  return Promise.all(served.map((part) => sectionOf(context, part)));
}

async function sectionOf(context: RequestContext, { name, read }: Part): Promise<Section> {
  const section = { titre: name.fr, title: name.en, origine: "bailleur" } as const;
  try {
    return { ...section, etat: "OK", donnees: await read(context) };
  } catch (error) {
    const { extensions } = asGraphQLError(context, error);
    return { ...section, etat: String(extensions["code"]), donnees: null };
  }
}
