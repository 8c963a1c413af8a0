/** A change as the schema shows it. Each subgraph with mutations has it in its SDL: it is @shareable. */
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { KeptChange } from "../../store/change-row.ts";
import { rejectionTexts } from "./change-faults.ts";
import { changeKinds } from "./change-kinds.ts";
import type { RequestContext } from "./context.ts";
import { DateTimeScalar } from "./scalars.ts";

export const ChangeKindType = Object.fromEntries(
  Object.keys(changeKinds).map((kind) => [kind, kind]),
);
registerEnumType(ChangeKindType, {
  name: "ChangeKind",
  description: "What a change is about.",
  valuesConfig: {
    PERSONAL_DATA: { description: "Données personnelles." },
    PROFESSIONAL_SITUATION: { description: "Situation professionnelle." },
    OCCUPANTS: { description: "Occupants du logement." },
    BILLING_ADDRESS: { description: "Adresse de facturation." },
    INSURANCE: { description: "Assurance habitation." },
    CARD_PAYMENT: { description: "Paiement par carte, to be booked by the landlord." },
    BANK_ACCOUNT: { description: "RIB." },
    DIRECT_DEBIT: { description: "Prélèvement automatique." },
    SERVICE_REQUEST: { description: "Demande, réclamation." },
    SURVEY: { description: "Réponse à une enquête sociale." },
  },
});

export const ChangeStatusType = {
  ACCEPTED: "ACCEPTED",
  SENDING: "SENDING",
  UNKNOWN: "UNKNOWN",
  SENT: "SENT",
  APPLIED: "APPLIED",
  REJECTED: "REJECTED",
  NEEDS_ATTENTION: "NEEDS_ATTENTION",
} as const;
registerEnumType(ChangeStatusType, {
  name: "ChangeStatus",
  description: "Where a change stands. It is never lost from ACCEPTED on, and never applied twice.",
  valuesConfig: {
    ACCEPTED: { description: "Kept by us; the landlord's system is to get it." },
    SENDING: { description: "On its way." },
    UNKNOWN: {
      description:
        "Sent, without a clear answer, or with one that the landlord's system does not bear out: it will be asked.",
    },
    SENT: {
      description: "The landlord's system has it, and applies it later (see `effectiveBy`).",
    },
    APPLIED: { description: "In force." },
    REJECTED: { description: "Refused by the landlord's system (see `reason`). The end." },
    NEEDS_ATTENTION: { description: "Only a person at the landlord's can tell what became of it." },
  },
});

const RejectionReason = Object.fromEntries(Object.keys(rejectionTexts).map((code) => [code, code]));
registerEnumType(RejectionReason, {
  name: "ChangeRejectionReason",
  description: "Why the landlord's system refused a change.",
  valuesConfig: Object.fromEntries(
    Object.entries(rejectionTexts).map(([code, { en }]) => [code, { description: en }]),
  ),
});

@Directive("@shareable")
@ObjectType({ simpleResolvers: true, description: "Why a change was refused." })
export class ChangeRejection {
  @Field(() => RejectionReason, { description: "For programs." })
  code!: string;

  @Field(() => String, { description: "Ready to be shown, in the language of the request." })
  message!: string;
}

@Directive("@shareable")
@ObjectType({
  simpleResolvers: true,
  description:
    "Something that the viewer asked the landlord to change (demande de modification). Kept from its acknowledgement to its end, which may be days away.",
})
export class Change {
  @Field(() => ID, { description: "Opaque; worthless to anybody else." })
  id!: string;

  @Field(() => String, { description: "The receipt: what to quote to the landlord (a UUID)." })
  receipt!: string;

  @Field(() => ChangeKindType, { description: "What it is about." })
  kind!: string;

  @Field(() => ChangeStatusType, { description: "Where it stands." })
  status!: string;

  @Field(() => DateTimeScalar, { description: "When it was acknowledged." })
  submittedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "By when it is in force, unless it is refused. Null where the landlord does not say.",
  })
  effectiveBy!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was applied. Null unless it is APPLIED.",
  })
  appliedAt!: string | null;

  @Field(() => ChangeRejection, {
    nullable: true,
    description: "Why it was refused. Null unless it is REJECTED.",
  })
  reason!: ChangeRejection | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "`ServiceRequest.id` of the request that came of it. Null unless it is a SERVICE_REQUEST that is APPLIED.",
  })
  serviceRequestId!: string | null;
}

export function showChange(context: RequestContext, kept: KeptChange): Change {
  return {
    id: context.ids.seal("Change", kept.id),
    receipt: kept.id,
    kind: kept.kind,
    status: kept.status,
    submittedAt: kept.submittedAt.toISOString(),
    effectiveBy: kept.effectiveBy?.toISOString() ?? null,
    appliedAt: kept.status === "APPLIED" ? (kept.endedAt?.toISOString() ?? null) : null,
    reason: kept.status === "REJECTED" ? showReason(context, kept.reason) : null,
    serviceRequestId: requestIdOf(context, kept),
  };
}

function requestIdOf({ ids }: RequestContext, kept: KeptChange): string | null {
  const { kind, status, contractKey, reference } = kept;
  if (kind !== "SERVICE_REQUEST" || status !== "APPLIED") return null;
  return contractKey === null || reference === null
    ? null
    : ids.seal("ServiceRequest", contractKey, reference);
}

function showReason({ language }: RequestContext, reason: string | null): ChangeRejection {
  const code =
    (reason ?? "OTHER") in rejectionTexts ? (reason as keyof typeof rejectionTexts) : "OTHER";
  return { code, message: rejectionTexts[code][language] };
}
