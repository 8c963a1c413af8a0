/** From the parts of an HTTP request to the context of a GraphQL request: the gateway's way and a lone subgraph's. */
import type { Ports } from "../../adapters/ports/port.ts";
import type { PaymentDesk } from "../../payments/desk.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext, Viewer } from "./context.ts";
import type { LeavingCode } from "./errors.ts";
import { createIds, type Ids } from "./ids.ts";
import { noKeptReads } from "./kept-reads.ts";
import type { Landlord, Language } from "./landlord.ts";
import { verifyAccessToken, type AccessClaims } from "./tokens.ts";

/** A landlord that is being served: its file, and its ports behind the guard. */
export interface ServedLandlord {
  readonly landlord: Landlord;
  readonly ports: Ports;
  /** Null, or absent, where people cannot pay online. */
  readonly payments?: PaymentDesk | null;
}

/** What lives as long as the process. */
export interface House {
  readonly landlords: readonly ServedLandlord[];
  readonly store: Store;
  /** 32 bytes or more; see `createIds`. */
  readonly idSecret: Uint8Array;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** What of an HTTP request matters. */
export interface Incoming {
  readonly host: string | undefined;
  readonly landlordHeader: string | undefined;
  readonly authorization: string | undefined;
  readonly acceptLanguage: string | undefined;
  readonly clientAddress: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** A request that is refused before anything of it is executed. */
export class Refused extends Error {
  readonly status: number;
  readonly code: LeavingCode;
  /** In how many seconds the same may be accepted; undefined where waiting does not help. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: LeavingCode, message: string, retryAfter?: number) {
    super(message);
    this.name = "Refused";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The name of a host, of the header as it was sent; a proxy's word for it counts for nothing. */
export const hostOf = (header: string | undefined): string =>
  (header ?? "").replace(/:\d+$/, "").toLowerCase();

/**
 * The landlord of a request: by the host it was sent to, or by the `x-landlord` header. Throws
 * Refused when they contradict each other, or neither names one.
 */
export function landlordOf(house: House, incoming: Incoming): ServedLandlord {
  const host = hostOf(incoming.host);
  const byHost = house.landlords.find(({ landlord }) => landlord.hosts.includes(host));
  const header = incoming.landlordHeader;
  if (header === undefined) {
    if (byHost) return byHost;
    throw new Refused(
      400,
      "INVALID_INPUT",
      "Send the header x-landlord, or ask a landlord's own host.",
    );
  }
  const byHeader = house.landlords.find(({ landlord }) => landlord.id === header);
  if (!byHeader)
    throw new Refused(
      400,
      "INVALID_INPUT",
      "The header x-landlord names no landlord that is served here.",
    );
  if (byHost && byHost !== byHeader) {
    throw new Refused(
      400,
      "INVALID_INPUT",
      "The header x-landlord and the host name different landlords.",
    );
  }
  return byHeader;
}

/** Null without a token. Throws Refused for one that is not valid here, and now. */
export async function viewerOf(
  house: House,
  landlord: Landlord,
  incoming: Incoming,
): Promise<Viewer | null> {
  if (incoming.authorization === undefined) return null;
  const token = /^Bearer ([\w.-]+)$/i.exec(incoming.authorization)?.[1];
  const { store, publicUrl, now } = house;
  const claims = token
    ? await verifyAccessToken(store, token, { issuer: publicUrl, now: now() })
    : null;
  if (!claims)
    throw new Refused(
      401,
      "FORBIDDEN",
      "The access token is not valid or has expired: refresh the session, or sign in.",
    );
  if (claims.landlord !== landlord.id)
    throw new Refused(403, "FORBIDDEN", "The access token is of another landlord.");
  const session = await sessionOf(store, claims);
  if (!session || session.accountId !== claims.accountId) {
    throw new Refused(401, "FORBIDDEN", "The session has ended: sign in.");
  }
  return { ...session, sessionId: claims.sessionId };
}

/** Of the owner, or of whoever looks at their space. */
async function sessionOf(
  store: Store,
  { landlord, sessionId, staffId }: AccessClaims,
): Promise<Omit<Viewer, "sessionId"> | null> {
  if (staffId === null) return store.sessions.alive(landlord, sessionId);
  const view = await store.supportViews.alive(landlord, sessionId);
  return view?.support.staffId === staffId ? view : null;
}

export async function createContext(house: House, incoming: Incoming): Promise<RequestContext> {
  const served = landlordOf(house, incoming);
  return contextFor(house, served, incoming, await viewerOf(house, served.landlord, incoming));
}

/**
 * The context of a request that carries a sealed link instead of a token. `open` says which session
 * asked for the link. Null when the link is not good, or that session has ended, and for a link of a
 * support view unless such `mayLook`: the caller then writes it down first.
 */
export async function createLinkContext<Link extends { readonly sessionId: string }>(
  house: House,
  incoming: Incoming,
  open: (context: RequestContext) => Link | null,
  mayLook = false,
): Promise<({ context: RequestContext } & Link) | null> {
  const served = house.landlords.find(({ landlord }) => landlord.id === incoming.landlordHeader);
  if (!served) return null;
  const link = open(contextFor(house, served, incoming, null));
  if (!link) return null;
  const { sessions, supportViews } = house.store;
  const { id } = served.landlord;
  const session =
    (await sessions.alive(id, link.sessionId)) ??
    (mayLook ? await supportViews.alive(id, link.sessionId) : null);
  if (!session) return null;
  const viewer: Viewer = { ...session, sessionId: link.sessionId };
  return { ...link, context: contextFor(house, served, incoming, viewer) };
}

/**
 * The context of a request that carries a link of a mail: as of whoever the mail was for, with no
 * session. Null when their account has gone.
 */
export async function createMailLinkContext(
  house: House,
  served: ServedLandlord,
  incoming: Incoming,
  accountId: string,
): Promise<RequestContext | null> {
  const { id } = served.landlord;
  const account = await house.store.accounts.byId(id, accountId);
  if (!account) return null;
  const personKeys = await house.store.accounts.persons(id, accountId);
  const viewer: Viewer = { accountId, email: account.email, personKeys, sessionId: "" };
  return contextFor(house, served, incoming, viewer);
}

function contextFor(
  house: House,
  { landlord, ports, payments = null }: ServedLandlord,
  incoming: Incoming,
  viewer: Viewer | null,
): RequestContext {
  const { store, publicUrl, now } = house;
  const { requestId, signal, clientAddress } = incoming;
  return {
    requestId,
    landlord,
    language: languageOf(incoming.acceptLanguage),
    viewer,
    ports,
    payments,
    loaders: new Map(),
    kept: noKeptReads(),
    asked: viewer?.support ? [] : null,
    ids: idsOf(house, landlord.id),
    store,
    signal,
    budget: AbortSignal.any([signal, AbortSignal.timeout(landlord.erp.deadlineMs)]),
    clientAddress,
    publicUrl,
    now,
  };
}

const idsByHouse = new WeakMap<House, Map<string, Ids>>();

function idsOf(house: House, landlord: string): Ids {
  let ids = idsByHouse.get(house);
  if (!ids) idsByHouse.set(house, (ids = new Map()));
  let own = ids.get(landlord);
  if (!own) ids.set(landlord, (own = createIds(house.idSecret, landlord)));
  return own;
}

/** French first: English only where it is preferred to French. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
      return { language: tag.slice(0, 2), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => (language === "fr" || language === "en") && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.language === "en" ? "en" : "fr";
}
