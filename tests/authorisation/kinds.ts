/** The kinds of viewer that `matrix.yaml` has columns for, and who of the demo stands for each. */
import type { Demo } from "../../mocks/demo/start.ts";
import { asked } from "../support/changes.ts";
import { begunPayment } from "../support/checkout.ts";
import { operation, signIn, type Client } from "../support/client.ts";
import { frontOf, signedInAs, type OddityName } from "../support/demo.ts";

export const kinds = [
  "anonymous",
  "tenant",
  "joint",
  "ended",
  "coOwner",
  "owner",
  "candidate",
  "staff",
  "neighbour",
  "stranger",
] as const;
export type Kind = (typeof kinds)[number];

/** Somebody of the demo at a landlord; `staff`: one of its own people. One value for one person. */
export interface Who {
  readonly landlord: string;
  readonly as: OddityName | "staff" | "nobody";
}

export interface Part {
  readonly kind: Kind;
  readonly who: Who;
  /** Whose ids are sent too. */
  readonly others: Who;
}

const who = (landlord: string, as: Who["as"]): Who => ({ landlord, as });
const everything = who("la-rochelle", "everything");
const firstSignatory = who("la-rochelle", "cotenantFirst");
const elsewhere = who("chartres", "everything");
const staff = who("la-rochelle", "staff");
const council = who("immo-paris", "council");
const bothOwners = who("immo-paris", "coOwnerAndOwner");
const tenantOfOwner = who("immo-paris", "tenant");

/** Several people where one has not everything: what ERPs serve differs. */
export const parts: readonly Part[] = [
  { kind: "anonymous", who: who("la-rochelle", "nobody"), others: everything },
  { kind: "anonymous", who: who("immo-paris", "nobody"), others: bothOwners },
  { kind: "tenant", who: everything, others: firstSignatory },
  { kind: "tenant", who: elsewhere, others: everything },
  { kind: "tenant", who: tenantOfOwner, others: council },
  { kind: "neighbour", who: firstSignatory, others: everything },
  { kind: "stranger", who: elsewhere, others: everything },
  { kind: "joint", who: who("la-rochelle", "cotenantSecond"), others: firstSignatory },
  { kind: "ended", who: who("la-rochelle", "ended"), others: everything },
  { kind: "coOwner", who: council, others: tenantOfOwner },
  { kind: "coOwner", who: bothOwners, others: council },
  { kind: "owner", who: who("immo-paris", "owner"), others: council },
  { kind: "candidate", who: who("immo-paris", "candidate"), others: council },
  { kind: "staff", who: staff, others: everything },
];

/** Signs everybody in once. What people have only once they asked for something is there by then. */
export async function signAllIn(demo: Demo): Promise<(who: Who) => Client> {
  const fronts = new Map<Who, Client>();
  for (const one of parts.flatMap((part) => [part.who, part.others])) {
    if (!fronts.has(one)) fronts.set(one, await enter(demo, one));
  }
  await prepare(fronts.get(everything)!);
  await lookIn(fronts.get(staff)!, fronts.get(everything)!);
  return (one) => fronts.get(one)!;
}

/** A front-end in which they are signed in. */
export function enter(demo: Demo, { landlord, as }: Who): Promise<Client> {
  const front = frontOf(demo, landlord);
  if (as === "nobody") return Promise.resolve(front);
  if (as !== "staff") return signedInAs(demo, landlord, as);
  const isOne = (one: { landlord: string; role: string }) =>
    one.landlord === landlord && one.role === "staff";
  const { email, password } = demo.accounts.find(isOne)!;
  return signIn(front, email, password);
}

/** A change, a payment, a draft. */
async function prepare(front: Client): Promise<void> {
  const { data } = await front("{ viewer { contracts { nodes { id surveys { id } } } } }");
  const [{ id: contractId, surveys }] = data.viewer.contracts.nodes;
  const address = { lines: ["1 rue de l'Essai"], postalCode: "17000", city: "La Rochelle" };
  await asked(front, "F16-change-billing-address", { contractId, recipient: "Essai", address });
  await begunPayment(front, { contractId });
  const members = [{ surname: "Essai", givenName: "Un", birthDate: "1980-01-01" }];
  const draft = { surveyId: surveys[0].id, householdStatus: "SINGLE", members };
  const answer = await front(
    "mutation ($input: SaveSurveyDraftInput!) { saveSurveyDraft(input: $input) { draft { savedAt } } }",
    { input: draft },
  );
  if (!answer.data?.saveSurveyDraft?.draft) throw new Error(JSON.stringify(answer));
}

/** One of the landlord's people looks at somebody's space once. */
async function lookIn(staff: Client, person: Client): Promise<void> {
  const { data } = await person("{ viewer { email } }");
  const { email } = data.viewer;
  const reason = "Solde incompris";
  const begun = await staff(operation("B09-begin-support-view"), { email, reason });
  const token: string = begun.data.beginSupportView.accessToken;
  await person.as(token)("{ viewer { person { displayName } } }");
}
