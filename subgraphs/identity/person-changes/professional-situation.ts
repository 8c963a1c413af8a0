import { fieldMessages, keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { longest } from "../../kernel/form-rules.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { textFaults } from "../../kernel/text-input.ts";
import { today } from "../../kernel/today.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { ownKey } from "../person.ts";

export const situationMessages = {
  ...keyMessages,
  ...fieldMessages,
  IN_THE_FUTURE: {
    fr: "« {label} » ne peut pas être dans l'avenir.",
    en: "“{label}” cannot be in the future.",
  },
} as const;
type SituationFault = Fault<keyof typeof situationMessages>;

export interface TypedSituation {
  readonly personId: string;
  readonly label: string;
  readonly employer?: string | null;
  readonly since?: string | null;
  readonly idempotencyKey: string;
}

const labels = {
  label: { fr: "Situation professionnelle", en: "Professional situation" },
  employer: { fr: "Employeur", en: "Employer" },
  since: { fr: "Depuis le", en: "Since" },
} as const;

export async function changeProfessionalSituation(
  context: RequestContext,
  input: TypedSituation,
): Promise<Submitted<SituationFault>> {
  signedIn(context);
  const personKey = ownKey(context, input.personId);
  if (personKey === null) throw fail(context, "NOT_FOUND");
  const { label, employer, since, idempotencyKey } = input;
  return submitChange<"PROFESSIONAL_SITUATION", SituationFault>(context, {
    kind: "PROFESSIONAL_SITUATION",
    contractKey: null,
    personKey,
    idempotencyKey,
    input,
    prepare: () => {
      const faults = situationFaults(input, today(context));
      if (faults.length > 0) return { faults };
      const payload = {
        label: label.trim(),
        employer: employer?.trim() || null,
        since: since ?? null,
      };
      return { payload };
    },
  });
}

export function situationFaults(
  { label, employer, since }: TypedSituation,
  day: string,
): SituationFault[] {
  const faults: SituationFault[] = [
    ...textFaults(label, ["label"], labels.label, longest.situation),
    ...(employer ? textFaults(employer, ["employer"], labels.employer, longest.employer) : []),
  ];
  if ((since ?? "") > day) {
    faults.push({ code: "IN_THE_FUTURE", field: ["since"], values: { label: labels.since } });
  }
  return faults;
}
