/** The three sets of books on payments: the providers', the ERPs', and what people are shown. */
import type { AppliedWrite } from "../../mocks/kit/writes.ts";
import { centsOf as syndeoCents } from "../../mocks/syndeo/formats.ts";
import type { ErpDoor } from "./payments-ground.ts";
import type { Person } from "./person.ts";

/** A payment as an ERP has booked it. */
export interface Booking {
  readonly landlord: string;
  readonly contract: string | null;
  readonly cents: number;
  /** The provider's name for the movement of money. */
  readonly transaction: string;
}

type Content = Readonly<Record<string, string | number>>;

const withoutProvider = (piece: string) => piece.replace(/^(PAYFIP|LYRA)-/, "");

/** How each ERP writes amount and transaction down. */
const readings: Readonly<
  Record<string, (content: Content) => Pick<Booking, "cents" | "transaction">>
> = {
  pavois: ({ cents, providerReference }) => read(cents, providerReference),
  habilog: ({ cents, providerReference }) => read(cents, providerReference),
  beauceron: ({ montant, reference_prestataire }) => read(montant, reference_prestataire),
  intitulo: ({ cents, piece }) => read(cents, withoutProvider(String(piece))),
  syndeo: ({ Montant, Piece }) =>
    read(syndeoCents(String(Montant)), withoutProvider(String(Piece))),
};

const read = (cents: unknown, transaction: unknown) => ({
  cents: Number(cents),
  transaction: String(transaction),
});

/** Oldest first. */
export async function bookingsOf({ landlord, product, doorUrl }: ErpDoor): Promise<Booking[]> {
  const answer = await fetch(`${doorUrl}/writes`);
  const writes = (await answer.json()) as AppliedWrite[];
  return writes
    .filter(({ kind }) => kind === "cardPayments")
    .map(({ contract, content }) => ({
      landlord,
      contract,
      ...readings[product]!(content as Content),
    }));
}

/** A payment as its owner is shown it. */
export interface Shown {
  readonly landlord: string;
  readonly id: string;
  readonly cents: number;
  readonly status: string;
  /** Where its booking stands; null where there is none. */
  readonly booking: string | null;
}

const list = `query ($after: String) {
  viewer { cardPayments(first: 50, after: $after) {
    nodes { id status amount { amount } change { status } }
    pageInfo { hasNextPage endCursor }
  } }
}`;

interface Answer {
  readonly viewer: {
    readonly cardPayments: {
      readonly nodes: readonly {
        readonly id: string;
        readonly status: string;
        readonly amount: { readonly amount: string };
        readonly change: { readonly status: string } | null;
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

export async function shownTo(person: Person): Promise<Shown[]> {
  const { landlord } = person.asker;
  const found: Shown[] = [];
  for (let after: string | null = null; ;) {
    const { viewer } = (await person.insist(list, { after })) as Answer;
    const { nodes, pageInfo } = viewer.cardPayments;
    for (const { id, status, amount, change } of nodes) {
      const cents = Number(amount.amount.replace(".", ""));
      found.push({ landlord, id, cents, status, booking: change?.status ?? null });
    }
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

/** Whether somebody or something is still to do something about it by itself. */
export const isUnderWay = ({ status, booking }: Shown): boolean =>
  ["CREATED", "REDIRECTED", "UNKNOWN"].includes(status) ||
  (status === "PAID" && !["APPLIED", "REJECTED", "NEEDS_ATTENTION"].includes(booking ?? ""));
