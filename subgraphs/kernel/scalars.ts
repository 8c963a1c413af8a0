// type-graphql asks for it before the first decorated class; every file of types imports this one.
import "reflect-metadata";
import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import {
  GraphQLCountryCode,
  GraphQLCurrency,
  GraphQLDateTimeISO,
  GraphQLLocalDate,
  GraphQLPhoneNumber,
} from "graphql-scalars";

const named = (scalar: GraphQLScalarType, name: string, description: string) =>
  new GraphQLScalarType({ ...scalar.toConfig(), name, description, astNode: null });

/** A day without time. Text in, the same text out: never through a Date, which has a zone. */
export const DateScalar = named(
  GraphQLLocalDate,
  "Date",
  "A day without time, as in ISO 8601: `2026-11-20`.",
);

export const DateTimeScalar = named(
  GraphQLDateTimeISO,
  "DateTime",
  "A moment with its zone, as in RFC 3339: `2026-11-20T08:15:00.000Z`.",
);

export const PhoneScalar = named(
  GraphQLPhoneNumber,
  "PhoneNumber",
  "A phone number as in E.164: `+33546004994`.",
);

export const CountryScalar = named(
  GraphQLCountryCode,
  "CountryCode",
  "A country as in ISO 3166-1 alpha-2: `FR`.",
);

export const CurrencyScalar = named(
  GraphQLCurrency,
  "CurrencyCode",
  "A currency as in ISO 4217: `EUR`.",
);

const decimalText = /^-?\d{1,15}(\.\d{1,4})?$/;

function exactDecimal(value: unknown): string {
  if (typeof value === "string" && decimalText.test(value)) return value;
  throw new GraphQLError('Expected a decimal number as text, like "12.50".');
}

/** graphql-scalars has no decimal that stays text. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: "Decimal",
  description:
    "An exact decimal number as text: `1234.56`. Do not read it into a floating-point number.",
  serialize: exactDecimal,
  parseValue: exactDecimal,
  parseLiteral: (node) => exactDecimal(node.kind === Kind.STRING ? node.value : undefined),
});
