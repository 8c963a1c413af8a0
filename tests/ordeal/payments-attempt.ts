/** One person's attempts to pay, as the ordeal remembers them. */
import type { Random } from "../../mocks/world/random.ts";

export type ProviderId = "payfip" | "lyra";

export interface Attempt {
  readonly landlord: string;
  readonly provider: ProviderId;
  /** The ERP's key of what is paid for. */
  readonly contractKey: string;
  /** No other attempt has the same amount: by it everything is found again. */
  readonly cents: number;
  readonly way: Way;
  /** More than one: the same key was taken for several payments. */
  readonly payments: Set<string>;
  /** Where the browser was sent to. */
  redirect: Redirect | null;
  /** Why no page came, where none did. */
  refusal: string | null;
  /** Messages that pretended it to be paid. */
  forged: number;
}

export interface Redirect {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** What somebody does on the page. */
export interface Way {
  readonly name: string;
  /** Buttons, one after the other. Null: the page is never opened. */
  readonly presses: readonly string[] | null;
  /** Whether the browser is let go back. */
  readonly returns: boolean;
  /** Pressed long after, on a page that was left open. */
  readonly later?: string;
}

const pays: Way = { name: "pays", presses: ["payer"], returns: true };
const closes: Way = { name: "pays and closes the page", presses: ["payer"], returns: false };
const refused: Way = { name: "is refused", presses: ["refuser"], returns: true };
const never: Way = { name: "never comes to the page", presses: null, returns: false };
const leaves: Way = { name: "closes the page", presses: [], returns: false };
const late: Way = { name: "pays very late", presses: [], returns: false, later: "payer" };
const abandons: Way = { name: "abandons", presses: ["abandonner"], returns: true };
const goes: Way = { name: "abandons and is gone", presses: ["abandonner"], returns: false };

/** Those that most can go wrong with come most often. */
const often = [
  pays,
  pays,
  closes,
  closes,
  closes,
  closes,
  refused,
  abandons,
  goes,
  never,
  leaves,
  late,
];

const ways: Readonly<Record<ProviderId, readonly [Way, ...Way[]]>> = {
  payfip: [pays, ...often, { name: "pays by direct debit", presses: ["prelever"], returns: false }],
  lyra: [
    pays,
    ...often,
    { name: "is refused, then pays", presses: ["refuser", "payer"], returns: true },
    { name: "is refused, then gone", presses: ["refuser", "abandonner"], returns: false },
    { name: "is looked into", presses: ["verifier"], returns: true },
  ],
};

let amounts = 0;

/** Above the least amount that any provider takes. */
const leastCents = 10_000;

export function newAttempt(
  of: Pick<Attempt, "landlord" | "provider" | "contractKey">,
  random: Random,
): Attempt {
  amounts += 1;
  return {
    ...of,
    cents: leastCents + amounts,
    way: random.pick(ways[of.provider]),
    payments: new Set(),
    redirect: null,
    refusal: null,
    forged: 0,
  };
}

export const written = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

/** How the provider's books name it: PayFiP by the page, Lyra by our order. Null without a page. */
export function nameAtProvider({ redirect, provider }: Attempt): string | null {
  if (!redirect) return null;
  if (provider === "payfip") return new URL(redirect.url).searchParams.get("idop");
  return redirect.fields.find(({ name }) => name === "vads_order_id")?.value ?? null;
}
