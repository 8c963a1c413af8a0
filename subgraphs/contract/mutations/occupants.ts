import { occupants } from "../../../adapters/ports/contract.ts";
import type { OccupantFields } from "../../../adapters/ports/contract-changes.ts";
import { fieldMessages, keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { load } from "../../kernel/loaders.ts";
import { ownContract, ownThing } from "../../kernel/ownership.ts";
import { textFaults } from "../../kernel/text-input.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { today } from "../../kernel/today.ts";

export const occupantMessages = {
  ...keyMessages,
  ...fieldMessages,
  IN_THE_FUTURE: {
    fr: "« {label} » ne peut pas être dans l'avenir.",
    en: "“{label}” cannot be in the future.",
  },
} as const;
export const knownOccupantMessages = {
  ...occupantMessages,
  OCCUPANT_UNKNOWN: {
    fr: "Cette personne n'est plus parmi les occupants de votre logement.",
    en: "This person is no longer among the occupants of your dwelling.",
  },
} as const;
type OccupantFault = Fault<keyof typeof occupantMessages>;
type KnownOccupantFault = Fault<keyof typeof knownOccupantMessages>;

/** An occupant as typed. */
export interface TypedOccupant {
  readonly surname: string;
  readonly givenName: string;
  readonly birthDate?: string | null;
  readonly relationship?: string | null;
  readonly since?: string | null;
}

const labels = {
  surname: { fr: "Nom", en: "Surname" },
  givenName: { fr: "Prénom", en: "Given name" },
  relationship: { fr: "Lien avec le titulaire", en: "Relationship" },
  birthDate: { fr: "Date de naissance", en: "Date of birth" },
} as const;

export async function addOccupant(
  context: RequestContext,
  input: { contractId: string; occupant: TypedOccupant; idempotencyKey: string },
): Promise<Submitted<OccupantFault>> {
  const contract = await ownContract(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  const { idempotencyKey } = input;
  return submitChange(context, {
    kind: "OCCUPANTS",
    contractKey: contract.key,
    idempotencyKey,
    input,
    prepare: () => {
      const faults = occupantFaults(context, input.occupant);
      if (faults.length > 0) return { faults };
      return { payload: { action: "ADD" as const, occupant: occupantOf(input.occupant) } };
    },
  });
}

export async function changeOccupant(
  context: RequestContext,
  input: { occupantId: string; occupant: TypedOccupant; idempotencyKey: string },
): Promise<Submitted<KnownOccupantFault>> {
  const { contractKey, key } = await ownOccupant(context, input.occupantId);
  const { idempotencyKey } = input;
  return submitChange<"OCCUPANTS", KnownOccupantFault>(context, {
    kind: "OCCUPANTS",
    contractKey,
    idempotencyKey,
    input,
    prepare: async () => {
      const faults = occupantFaults(context, input.occupant);
      if (faults.length > 0) return { faults };
      if (!(await livesThere(context, contractKey, key))) return { faults: [unknown] };
      return { payload: { action: "CHANGE" as const, key, occupant: occupantOf(input.occupant) } };
    },
  });
}

export async function removeOccupant(
  context: RequestContext,
  input: { occupantId: string; leftOn?: string | null; idempotencyKey: string },
): Promise<Submitted<KnownOccupantFault>> {
  const { contractKey, key } = await ownOccupant(context, input.occupantId);
  const { idempotencyKey, leftOn = null } = input;
  return submitChange<"OCCUPANTS", KnownOccupantFault>(context, {
    kind: "OCCUPANTS",
    contractKey,
    idempotencyKey,
    input,
    prepare: async () => {
      if (!(await livesThere(context, contractKey, key))) return { faults: [unknown] };
      return { payload: { action: "REMOVE" as const, key, leftOn } };
    },
  });
}

const unknown: KnownOccupantFault = { code: "OCCUPANT_UNKNOWN", field: ["occupantId"] };

async function ownOccupant(context: RequestContext, id: string) {
  const found = await ownThing(context, "Occupant", id);
  if (!found) throw fail(context, "NOT_FOUND");
  return found;
}

async function livesThere(context: RequestContext, contractKey: string, key: string) {
  const found = await load(context, occupants, "ofContracts", contractKey);
  return found.some((occupant) => occupant.key === key);
}

function occupantFaults(context: RequestContext, typed: TypedOccupant): OccupantFault[] {
  const { surname, givenName, relationship, birthDate } = typed;
  const future = (birthDate ?? "") > today(context);
  return [
    ...textFaults(surname, ["occupant", "surname"], labels.surname, 80),
    ...textFaults(givenName, ["occupant", "givenName"], labels.givenName, 80),
    ...(relationship
      ? textFaults(relationship, ["occupant", "relationship"], labels.relationship, 60)
      : []),
    ...(future
      ? [
          {
            code: "IN_THE_FUTURE",
            field: ["occupant", "birthDate"],
            values: { label: labels.birthDate },
          } as const,
        ]
      : []),
  ];
}

const occupantOf = (typed: TypedOccupant): OccupantFields => ({
  surname: typed.surname.trim(),
  givenName: typed.givenName.trim(),
  birthDate: typed.birthDate ?? null,
  relationship: typed.relationship?.trim() || null,
  since: typed.since ?? null,
});
