/** Value types that several subgraphs show. Each subgraph has them in its SDL: they are @shareable. */
import { Directive, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import {
  CountryScalar,
  CurrencyScalar,
  DateScalar,
  DateTimeScalar,
  DecimalScalar,
} from "./scalars.ts";

@Directive("@shareable")
// No simpleResolvers where a field has another name than its property.
@ObjectType("Money", { description: "An exact amount of money." })
export class MoneyType {
  @Field(() => DecimalScalar, { description: "The amount, with two decimals: `12.50`." })
  amount!: string;

  @Field(() => CurrencyScalar, { name: "currencyCode", description: "Always `EUR` today." })
  currency!: string;
}

@Directive("@shareable")
@ObjectType("Address", { description: "A postal address (adresse)." })
export class AddressType {
  @Field(() => [String], { description: "Street lines, as on an envelope." })
  lines!: string[];

  @Field(() => String, { description: "Code postal." })
  postalCode!: string;

  @Field(() => String, { description: "Ville." })
  city!: string;

  @Field(() => CountryScalar, { name: "countryCode", description: "Pays." })
  country!: string;
}

export enum PaymentMethod {
  DIRECT_DEBIT = "DIRECT_DEBIT",
  CARD = "CARD",
  TRANSFER = "TRANSFER",
  CHEQUE = "CHEQUE",
  OTHER = "OTHER",
}
registerEnumType(PaymentMethod, {
  name: "PaymentMethod",
  description: "How money came (mode de paiement).",
  valuesConfig: {
    DIRECT_DEBIT: { description: "Prélèvement." },
    CARD: { description: "Carte bancaire." },
    TRANSFER: { description: "Virement." },
    CHEQUE: { description: "Chèque." },
    OTHER: { description: "Anything else." },
  },
});

export enum Freshness {
  LIVE = "LIVE",
  CACHED = "CACHED",
  STALE = "STALE",
}
registerEnumType(Freshness, {
  name: "Freshness",
  description: "Whether data are the landlord's system's word of now.",
  valuesConfig: {
    LIVE: { description: "It was asked for this very request." },
    CACHED: { description: "It was asked a short while ago, for what seldom changes." },
    STALE: {
      description: "It cannot be asked just now: this is what it said at `readAt`. Say so.",
    },
  },
});

@Directive("@shareable")
@ObjectType("Period", {
  simpleResolvers: true,
  description: "A span of days (période), both ends included.",
})
export class PeriodType {
  @Field(() => DateScalar, { description: "First day." })
  from!: string;

  @Field(() => DateScalar, { description: "Last day." })
  to!: string;
}

@Directive("@shareable")
@ObjectType({
  simpleResolvers: true,
  description: "Where a page of a connection stands in its list.",
})
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more follows `endCursor`." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether the page was asked for with `after`." })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the first edge; null on an empty page.",
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the last edge; null on an empty page.",
  })
  endCursor!: string | null;
}

export interface Edge<T> {
  node: T;
  cursor: string;
}

export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: number | null;
  freshness: string;
  readAt: string | null;
}

/** What fields of freshness say of themselves. */
export const aboutFreshness = {
  freshness: "Whether the landlord's system was asked for this very request.",
  readAt: "When it was asked, where that was earlier; null with `LIVE`.",
} as const;

export type ConnectionClass<T> = new () => Connection<T>;

/**
 * Makes `<name>Connection` and `<name>Edge` for a node type, as in the Relay cursor connections
 * specification, with `nodes` as a short cut.
 */
export function connectionOf<T extends object>(
  name: string,
  node: () => new () => T,
): ConnectionClass<T> {
  @ObjectType(`${name}Edge`, {
    simpleResolvers: true,
    description: `One ${name} and its place in the list.`,
  })
  class EdgeType {
    @Field(() => node(), { description: "The thing itself." })
    node!: T;

    @Field(() => String, { description: "What to send as `after` to go on behind this one." })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, {
    simpleResolvers: true,
    description: `A page of a list of ${name}.`,
  })
  class ConnectionType {
    @Field(() => [EdgeType], { description: "The page, each with its cursor." })
    edges!: EdgeType[];

    @Field(() => [node()], { description: "The page, without cursors." })
    nodes!: T[];

    @Field(() => PageInfo, { description: "How to go on." })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      nullable: true,
      description:
        "Length of the whole list; null where the landlord's system does not tell it truly.",
    })
    totalCount!: number | null;

    @Field(() => Freshness, { description: aboutFreshness.freshness })
    freshness!: string;

    @Field(() => DateTimeScalar, { nullable: true, description: aboutFreshness.readAt })
    readAt!: string | null;
  }
  return ConnectionType;
}
