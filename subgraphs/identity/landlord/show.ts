import { cardPayments } from "../../../adapters/ports/billing-changes.ts";
import { documentKinds, documentPorts } from "../../../adapters/ports/documents.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { showAddressRules } from "../../kernel/form-rules.ts";
import type { Landlord as LandlordFile, Language } from "../../kernel/landlord.ts";
import { socialLabel } from "../../kernel/social.ts";
import { capabilityOf } from "../../kernel/capability.ts";
import { passwordPolicy } from "../password.ts";
import type { SocialProvider } from "../social/types.ts";
import type { RegistrationForm } from "./registration/types.ts";
import type { DocumentKindOffer, Landlord, LandlordContact } from "./types.ts";

type Needs = Pick<RequestContext, "landlord" | "language" | "ports" | "payments">;

/** What anybody may know of the landlord, in the language asked for. */
export function showLandlord(context: Needs): Landlord {
  const { landlord, language } = context;
  return {
    id: landlord.id,
    name: landlord.name,
    kind: landlord.kind,
    brandColour: landlord.brand.colour,
    website: landlord.brand.website,
    contacts: landlord.contacts.map((contact) => showContact(contact, language)),
    registrationForm: showForm(landlord, language),
    passwordPolicy: passwordPolicy(landlord.password),
    capabilities: capabilitiesOf(context),
    documentKinds: offeredKinds(context),
    socialProviders: socialProviders(landlord),
    changeablePersonFields: landlord.personalData.changeable,
    maxPhones: landlord.personalData.maxPhones,
    addressRules: showAddressRules(landlord.addresses),
    insuranceCertificate: landlord.insurance.certificate,
  };
}

function capabilitiesOf({ landlord, ports, payments }: Needs): string[] {
  const own = [
    ...(landlord.socialSignIn ? ["SOCIAL_SIGN_IN"] : []),
    ...(payments && ports.served.includes(cardPayments.name) ? ["ONLINE_PAYMENT"] : []),
  ];
  return [...ports.served.map(capabilityOf), ...own].toSorted();
}

function socialProviders({ socialSignIn }: LandlordFile): SocialProvider[] {
  return (socialSignIn?.providers ?? []).map((provider) => ({
    name: provider.id,
    label: socialLabel(provider),
  }));
}

function showContact(
  { role, phone, email, address, hours }: LandlordFile["contacts"][number],
  language: Language,
): LandlordContact {
  return {
    role: role[language],
    phone: phone ?? null,
    email: email ?? null,
    address: address ?? [],
    hours: hours?.[language] ?? null,
  };
}

function showForm({ registration }: LandlordFile, language: Language): RegistrationForm {
  const { firstConnection } = registration;
  const identifier = firstConnection && { ...firstConnection.identifier, name: "identifier" };
  const asked = [...(identifier ? [identifier] : []), ...registration.fields];
  const fields = asked.map(({ name, label, help, pattern, example }) => ({
    name,
    label: label[language],
    help: help?.[language] ?? null,
    pattern: pattern ?? null,
    example: example ?? null,
    required: true,
  }));
  const consents = registration.consents.map(({ id, version, label, url, required }) => ({
    id,
    version,
    label: label[language],
    url: url ?? null,
    required,
  }));
  const { confirmationHours } = registration;
  const kind = firstConnection ? "FIRST_CONNECTION" : "REGISTRATION";
  return { kind, fields, consents, confirmationHours };
}

function offeredKinds({ landlord, ports }: Needs): DocumentKindOffer[] {
  return documentKinds
    .filter((kind) => ports.served.includes(documentPorts[kind].name))
    .map((kind) => {
      const dated = landlord.documents.find((each) => each.kind === kind);
      return { kind, availableFrom: dated?.availableFrom ?? null };
    });
}
