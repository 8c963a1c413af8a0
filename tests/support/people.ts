/** Who tries to see whose data: such a cast at each of three landlords, each signed in once. */
import type { GraphQLSchema } from "graphql";
import type { Demo } from "../../mocks/demo/start.ts";
import { createIds } from "../../subgraphs/kernel/ids.ts";
import { begunPayment } from "./checkout.ts";
import { operation, type Answer, type Client } from "./client.ts";
import { signedInAs, type OddityName } from "./demo.ts";
import { harvest, without, type Harvest, type Ids } from "./harvest.ts";

export const landlords = ["la-rochelle", "chartres", "immo-paris"] as const;
export type LandlordId = (typeof landlords)[number];
export const elsewhere = (landlord: LandlordId): LandlordId =>
  landlords[(landlords.indexOf(landlord) + 1) % landlords.length]!;

export interface Person extends Harvest {
  readonly front: Client;
}

export async function enter(
  demo: Demo,
  schema: GraphQLSchema,
  landlord: LandlordId,
  oddity: OddityName,
  before: (front: Client) => Promise<void> = async () => {},
): Promise<Person> {
  const front = await signedInAs(demo, landlord, oddity);
  await before(front);
  return { front, ...(await harvest(schema, front)) };
}

/** Somebody with several contracts, a neighbour who has everything, a stranger who has everything elsewhere. */
export interface Cast {
  readonly asker: Person;
  readonly neighbour: Person;
  readonly stranger: Person;
  /** The neighbour's and the stranger's ids, without those that are the asker's too. */
  readonly foreign: Ids;
}

export type Casts = Record<LandlordId, Cast>;

export async function castAll(demo: Demo, schema: GraphQLSchema): Promise<Casts> {
  const pairs = {
    "la-rochelle": await castAt(demo, schema, "la-rochelle", "threeContracts", "everything"),
    chartres: await castAt(demo, schema, "chartres", "threeContracts", "everything"),
    // What co-owners have, nobody at the others has.
    "immo-paris": await castAt(demo, schema, "immo-paris", "coOwnerAndOwner", "council"),
  };
  const complete = (landlord: LandlordId): Cast => {
    const own = pairs[landlord];
    const stranger = pairs[elsewhere(landlord)].neighbour;
    const foreign = without(own.asker.ids, own.neighbour.ids, stranger.ids);
    return { ...own, stranger, foreign };
  };
  return {
    "la-rochelle": complete("la-rochelle"),
    chartres: complete("chartres"),
    "immo-paris": complete("immo-paris"),
  };
}

async function castAt(
  demo: Demo,
  schema: GraphQLSchema,
  landlord: LandlordId,
  asker: OddityName,
  neighbour: OddityName,
) {
  return {
    asker: await enter(demo, schema, landlord, asker),
    neighbour: await enter(demo, schema, landlord, neighbour, (front) =>
      landlord === "la-rochelle" ? askForChange(front) : Promise.resolve(),
    ),
  };
}

/** What people have of the portal only once they asked for something. */
async function askForChange(front: Client): Promise<void> {
  const { data } = await front("{ viewer { contracts { nodes { id } } } }");
  const address = { lines: ["1 rue de l'Essai"], postalCode: "17000", city: "La Rochelle" };
  const [{ id: contractId }] = data.viewer.contracts.nodes;
  const asked = { contractId, recipient: "Essai", address, idempotencyKey: "asked-before" };
  const answer = await front(operation("F16-change-billing-address"), { input: asked });
  if (!answer.data?.changeBillingAddress?.change) throw new Error(JSON.stringify(answer));
  await begunPayment(front, { contractId });
}

/** An id of the right form that stands for nothing: another, with other last characters. */
export const altered = (id: string): string =>
  id.slice(0, -6) + (id.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA");

/** Genuine ids of things that the landlord does not have. */
export function idsOfNothing(
  demo: Demo,
  landlord: LandlordId,
  { asker }: Cast,
  kinds: readonly string[],
): string[] {
  const ids = createIds(demo.gateway.house.idSecret, landlord);
  const own = ids.open("Contract", [...asker.ids.get("Contract")!][0]!)!;
  return [
    ...kinds.flatMap((kind) => [ids.seal(kind, "nothing"), ids.seal(kind, "nothing", "nothing")]),
    // Of the asker's own contract, which is found, and holds no such thing.
    ...kinds.flatMap((kind) => (kind === "Contract" ? [] : [ids.seal(kind, ...own, "nothing")])),
  ];
}

/** What is no id of anything: no landlord and no kind makes a difference to it. */
export const noIds = ({ neighbour }: Cast): string[] => [
  altered([...neighbour.ids.get("Contract")!][0]!),
  "x",
  "",
  "../../etc/passwd",
  "' or '1'='1",
  "💥".repeat(20),
  "A".repeat(5_000),
];

/** Each at one of the landlords, in turn: for what is the same at all of them. */
export const inTurn = <T extends object>(all: readonly T[]): (T & { landlord: LandlordId })[] =>
  all.map((one, index) => ({ ...one, landlord: landlords[index % landlords.length]! }));

/** An answer as text, without what is different each time. */
export const comparable = (answer: Answer): string =>
  JSON.stringify(answer).replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"');
