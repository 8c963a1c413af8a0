import { occupants } from "../../../adapters/ports/contract.ts";
import type { OccupantFields } from "../../../adapters/ports/contract-changes.ts";
import { fieldMessages, keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { load } from "../../kernel/loaders.ts";
import { longest } from "../../kernel/form-rules.ts";
import { contractToChange } from "../../kernel/held-contracts.ts";
import { ownContractByKey, ownThing } from "../../kernel/ownership.ts";
import { nameFaults, textFaults } from "../../kernel/text-input.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { today } from "../../kernel/today.ts";
import { endedFaults, endedMessages } from "./ended.ts";

export const occupantMessages = {
  ...keyMessages,
  ...fieldMessages,
  ...endedMessages,
  IN_THE_FUTURE: {
    fr: "« {label} » ne peut pas être dans l'avenir.",
    en: "“{label}” cannot be in the future.",
  },
  BEFORE_BIRTH: {
    fr: "« Dans le logement depuis » précède la naissance.",
    en: "“In the dwelling since” is before the birth.",
  },
} as const;
export const removeOccupantMessages = {
  ...keyMessages,
  ...endedMessages,
  BEFORE_ARRIVAL: {
    fr: "Le départ précède l'arrivée dans le logement ({day}).",
    en: "The departure is before the arrival in the dwelling ({day}).",
  },
} as const;
type OccupantFault = Fault<keyof typeof occupantMessages>;
type RemoveOccupantFault = Fault<keyof typeof removeOccupantMessages>;

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
  const contract = await contractToChange(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  const { idempotencyKey } = input;
  return submitChange(context, {
    kind: "OCCUPANTS",
    contractKey: contract.key,
    idempotencyKey,
    input,
    prepare: () => {
      const faults = [
        ...endedFaults(contract, ["contractId"]),
        ...occupantFaults(input.occupant, today(context)),
      ];
      if (faults.length > 0) return { faults };
      return { payload: { action: "ADD" as const, occupant: occupantOf(input.occupant) } };
    },
  });
}

export async function changeOccupant(
  context: RequestContext,
  input: { occupantId: string; occupant: TypedOccupant; idempotencyKey: string },
): Promise<Submitted<OccupantFault>> {
  const { contract, key } = await ownOccupant(context, input.occupantId);
  const { idempotencyKey } = input;
  return submitChange<"OCCUPANTS", OccupantFault>(context, {
    kind: "OCCUPANTS",
    contractKey: contract.key,
    idempotencyKey,
    input,
    prepare: async () => {
      await occupantThere(context, contract.key, key);
      const faults = [
        ...endedFaults(contract, ["occupantId"]),
        ...occupantFaults(input.occupant, today(context)),
      ];
      if (faults.length > 0) return { faults };
      return { payload: { action: "CHANGE" as const, key, occupant: occupantOf(input.occupant) } };
    },
  });
}

export async function removeOccupant(
  context: RequestContext,
  input: { occupantId: string; leftOn?: string | null; idempotencyKey: string },
): Promise<Submitted<RemoveOccupantFault>> {
  const { contract, key } = await ownOccupant(context, input.occupantId);
  const { idempotencyKey, leftOn = null } = input;
  return submitChange<"OCCUPANTS", RemoveOccupantFault>(context, {
    kind: "OCCUPANTS",
    contractKey: contract.key,
    idempotencyKey,
    input,
    prepare: async () => {
      const { since } = await occupantThere(context, contract.key, key);
      const faults = [...endedFaults(contract, ["occupantId"]), ...departureFaults(leftOn, since)];
      if (faults.length > 0) return { faults };
      return { payload: { action: "REMOVE" as const, key, leftOn } };
    },
  });
}

async function ownOccupant(context: RequestContext, id: string) {
  const found = await ownThing(context, "Occupant", id);
  const contract = found && (await ownContractByKey(context, found.contractKey));
  if (!found || !contract) throw fail(context, "NOT_FOUND");
  return { contract, key: found.key };
}

/** Asked when a change is prepared only: a repeat of a removal finds nobody any more. */
async function occupantThere(context: RequestContext, contractKey: string, key: string) {
  const found = await load(context, occupants, "ofContracts", contractKey);
  const occupant = found.find((one) => one.key === key);
  if (!occupant) throw fail(context, "NOT_FOUND");
  return occupant;
}

export function departureFaults(
  leftOn: string | null,
  since: string | null,
): Fault<"BEFORE_ARRIVAL">[] {
  if (leftOn === null || since === null || leftOn >= since) return [];
  const [year, month, day] = since.split("-");
  const values = { day: { fr: `${day}/${month}/${year}`, en: since } };
  return [{ code: "BEFORE_ARRIVAL", field: ["leftOn"], values }];
}

export function occupantFaults(typed: TypedOccupant, day: string): OccupantFault[] {
  const { surname, givenName, relationship, birthDate, since } = typed;
  const at = (field: keyof TypedOccupant) => ["occupant", field];
  const faults: OccupantFault[] = [
    ...nameFaults(surname, at("surname"), labels.surname, longest.surname),
    ...nameFaults(givenName, at("givenName"), labels.givenName, longest.givenName),
    ...(relationship
      ? textFaults(relationship, at("relationship"), labels.relationship, longest.relationship)
      : []),
  ];
  if (birthDate && birthDate > day) {
    const values = { label: labels.birthDate };
    faults.push({ code: "IN_THE_FUTURE", field: at("birthDate"), values });
  } else if (birthDate && since && since < birthDate) {
    faults.push({ code: "BEFORE_BIRTH", field: at("since") });
  }
  return faults;
}

const occupantOf = (typed: TypedOccupant): OccupantFields => ({
  surname: typed.surname.trim(),
  givenName: typed.givenName.trim(),
  birthDate: typed.birthDate ?? null,
  relationship: typed.relationship?.trim() || null,
  since: typed.since ?? null,
});
