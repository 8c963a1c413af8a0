import { GraphQLError } from "graphql";
import { timeOfDay } from "../../adapters/ports/closed.ts";
import { PortError, errorTable, type ErrorCode } from "../../adapters/ports/errors.ts";
import { isStoreAway } from "../../store/failure.ts";
import type { RequestContext } from "./context.ts";
import { withoutValues } from "./document-text.ts";
import { doorTable, type DoorCode } from "./door/refusals.ts";
import type { Language, Texts } from "./landlord.ts";

/** Every code that `extensions.code` of an error may have: those of the ports, and those of the door. */
export const leavingTable = { ...errorTable, ...doorTable };

export type LeavingCode = ErrorCode | DoorCode;

/** What a person reads, by code: it may be shown as it is. */
const texts: Record<LeavingCode, Texts> = {
  INVALID_INPUT: {
    fr: "Une valeur envoyée n'est pas valable.",
    en: "A value that was sent is not valid.",
  },
  FORBIDDEN: {
    fr: "Connectez-vous pour voir ceci.",
    en: "Sign in to see this.",
  },
  NOT_FOUND: {
    fr: "Cet élément n'existe pas dans votre espace.",
    en: "There is no such thing in your space.",
  },
  CONFLICT: {
    fr: "Cet élément a changé entre-temps. Rechargez la page, puis recommencez.",
    en: "This has changed meanwhile. Reload the page, then try again.",
  },
  NOT_SUPPORTED: {
    fr: "Votre bailleur ne propose pas ce service en ligne.",
    en: "Your landlord does not offer this online.",
  },
  RATE_LIMITED: {
    fr: "Trop de demandes à la fois. Réessayez dans quelques instants.",
    en: "Too many requests at once. Try again in a moment.",
  },
  TIMEOUT: {
    fr: "Le système de votre bailleur met trop de temps à répondre. Réessayez plus tard.",
    en: "Your landlord's system takes too long to answer. Try again later.",
  },
  UNAVAILABLE: {
    fr: "Le système de votre bailleur n'est pas joignable. Réessayez plus tard.",
    en: "Your landlord's system cannot be reached. Try again later.",
  },
  BAD_RESPONSE: {
    fr: "Le système de votre bailleur a donné une réponse inutilisable. Réessayez plus tard.",
    en: "Your landlord's system gave an unusable answer. Try again later.",
  },
  OUTCOME_UNKNOWN: {
    fr: "Votre demande est partie, mais nous ne savons pas encore si elle a abouti.",
    en: "Your request was sent, but we do not know yet whether it was applied.",
  },
  INTERNAL: {
    fr: "Une erreur est survenue de notre côté.",
    en: "Something went wrong on our side.",
  },
  TOO_LARGE: {
    fr: "La demande est trop volumineuse.",
    en: "The request is too large.",
  },
  TOO_COMPLEX: {
    fr: "La demande porte sur trop de choses à la fois.",
    en: "The request asks for too much at once.",
  },
  NOT_LISTED: {
    fr: "Cette opération n'est pas enregistrée auprès de ce service.",
    en: "This operation is not registered with this service.",
  },
  BUSY: {
    fr: "Le service est très sollicité. Réessayez dans quelques instants.",
    en: "The service is very busy. Try again in a moment.",
  },
};

export const textOf = (code: LeavingCode, language: Language): string => texts[code][language];

/** FORBIDDEN, to somebody who is signed in already. */
const notForYou: Texts = {
  fr: "Votre compte ne donne pas accès à ceci.",
  en: "Your account does not give access to this.",
};

/** Our own store cannot be reached, or its disk is full: no fault of the landlord's. */
const storeAway: Texts = {
  fr: "Nous ne pouvons rien enregistrer pour le moment. Rien n'a été modifié. Réessayez plus tard.",
  en: "We cannot keep anything at the moment. Nothing was changed. Try again later.",
};

/** In its nightly window; `until` is a time of day. */
const closedUntil = (until: string): Texts => ({
  fr: `Le système de votre bailleur est fermé pour la nuit, jusqu'à ${until}.`,
  en: `Your landlord's system is closed for the night, until ${until}.`,
});

export interface ErrorPlace {
  /** In which times of day are told. */
  readonly timeZone?: string;
  /** Nobody is, unless told. */
  readonly signedIn?: boolean;
  readonly language: "fr" | "en";
  readonly landlord: string | null;
  readonly requestId: string;
}

/** The one form in which an error leaves: a text that may be shown, and extensions for programs. */
export function errorFor(code: LeavingCode, place: ErrorPlace, cause?: unknown): GraphQLError {
  const { landlord, requestId } = place;
  const text = textFor(code, place, cause);
  const retryAt = cause instanceof PortError ? cause.retryAt : null;
  return new GraphQLError(text[place.language], {
    extensions: {
      code,
      retryable: leavingTable[code].retryable,
      landlord,
      requestId,
      ...(retryAt && { retryAt: retryAt.toISOString() }),
    },
    originalError: cause instanceof Error ? cause : null,
  });
}

function textFor(code: LeavingCode, place: ErrorPlace, cause: unknown): Texts {
  const { timeZone, signedIn = false } = place;
  if (isAway(cause)) return storeAway;
  if (code === "FORBIDDEN" && signedIn) return notForYou;
  const closed = cause instanceof PortError && cause.reason === "CLOSED" ? cause.retryAt : null;
  return closed && timeZone ? closedUntil(timeOfDay(timeZone, closed)) : texts[code];
}

/** An error of the store, wherever it was wrapped on its way. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  return isStoreAway(error) || (inner !== undefined && isAway(inner));
}

const placeOf = (context: RequestContext): ErrorPlace => ({
  language: context.language,
  landlord: context.landlord.id,
  requestId: context.requestId,
  timeZone: context.landlord.timeZone,
  signedIn: context.viewer !== null,
});

export function fail(context: RequestContext, code: ErrorCode, cause?: unknown): GraphQLError {
  return errorFor(code, placeOf(context), cause);
}

/** Whatever a port threw, in the form in which it leaves. */
export function asGraphQLError(context: RequestContext, error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof PortError) return fail(context, error.code, error);
  return fail(context, isAway(error) ? "UNAVAILABLE" : "INTERNAL", error);
}

/** Errors of the client's own document, whose text the developer needs: how Apollo names them. */
const ofTheDocument = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

export interface LeavingError {
  message: string;
  locations?: readonly { line: number; column: number }[];
  path?: readonly (string | number)[];
  extensions: Record<string, unknown>;
}

/** From when on it may be tried again, where that is known. */
function retryAtIn(extensions: Record<string, unknown> | undefined) {
  const retryAt = extensions?.["retryAt"];
  return typeof retryAt === "string" ? { retryAt } : {};
}

/**
 * The last door: an error with a code of the table passes as it is, an error of the client's own
 * document keeps its text but for values, and anything else is a defect, whose text stays here.
 */
export function leavingError(
  error: unknown,
  formatted: {
    message: string;
    path?: readonly (string | number)[];
    locations?: readonly { line: number; column: number }[];
    extensions?: Record<string, unknown>;
  },
  place: ErrorPlace,
): { error: LeavingError; defect: boolean } {
  const code = formatted.extensions?.["code"];
  const where = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  if (typeof code === "string" && code in leavingTable) {
    const { retryable } = leavingTable[code as LeavingCode];
    const { landlord, requestId } = place;
    return {
      error: {
        message: formatted.message,
        ...where,
        extensions: { code, retryable, landlord, requestId, ...retryAtIn(formatted.extensions) },
      },
      defect: code === "INTERNAL",
    };
  }
  const own = typeof code === "string" && ofTheDocument.has(code);
  const other = isAway(error) ? "UNAVAILABLE" : "INTERNAL";
  const made = errorFor(own ? "INVALID_INPUT" : other, place, error);
  return {
    error: {
      message: own ? withoutValues(formatted.message) : made.message,
      ...where,
      extensions: { ...made.extensions },
    },
    defect: !own,
  };
}
