/**
 * Who is signed in, per landlord, and requests in their name. Tokens are kept in this tab's
 * sessionStorage only: they are gone with the tab, and no other site can read them.
 */
import { say } from "./texts.ts";

export interface Session {
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token lapses, ISO 8601. */
  readonly expiresAt: string;
}

const landlordKey = "trousseau:landlord";
const sessionKey = (landlord: string) => `trousseau:session:${landlord}`;

/** The landlord that is chosen in this tab; undefined leaves the choice to the host name. */
export const chosenLandlord = () => sessionStorage.getItem(landlordKey) ?? undefined;
export const chooseLandlord = (id: string) => sessionStorage.setItem(landlordKey, id);

export function savedSession(landlord: string): Session | null {
  const text = sessionStorage.getItem(sessionKey(landlord));
  return text === null ? null : (JSON.parse(text) as Session);
}

/** A space that is looked at instead of one's own: see `beginSupportView`. */
interface View {
  readonly accessToken: string;
  readonly endsAt: string;
}

const viewKey = (landlord: string) => `trousseau:view:${landlord}`;

/** Null when none is looked at, or its time is over. */
export function savedView(landlord: string): View | null {
  const text = sessionStorage.getItem(viewKey(landlord));
  const view = text === null ? null : (JSON.parse(text) as View);
  return view && Date.parse(view.endsAt) > Date.now() ? view : null;
}

/** Whatever begins a support view is asked as somebody of the staff, and what follows within it. */
function keepView(landlord: string, answer: unknown): void {
  const { data } = answer as { data?: { beginSupportView?: Partial<View> | null } | null };
  const { accessToken, endsAt } = data?.beginSupportView ?? {};
  if (typeof accessToken !== "string" || typeof endsAt !== "string") return;
  sessionStorage.setItem(viewKey(landlord), JSON.stringify({ accessToken, endsAt }));
  tellListeners();
}

/** Ends it here, and at the server too if it can be reached. */
export async function leaveView(endpoint: string, landlord: string): Promise<void> {
  const view = savedView(landlord);
  sessionStorage.removeItem(viewKey(landlord));
  tellListeners();
  if (!view) return;
  const headers = { authorization: `Bearer ${view.accessToken}` };
  const query = "mutation EndSupportView { endSupportView(input: {}) { ended } }";
  await post(endpoint, landlord, { query }, headers).catch(() => undefined);
}

function forgetSession(landlord: string): void {
  sessionStorage.removeItem(sessionKey(landlord));
  sessionStorage.removeItem(viewKey(landlord));
  tellListeners();
}

const listeners = new Set<() => void>();
const tellListeners = () => listeners.forEach((listener) => listener());

/** Calls `listener` whenever a session was begun, renewed or lost; gives what ends that. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Sends one operation as whoever is signed in, in the space that they look at if they do; resolves with the answer's JSON. */
export async function send(
  endpoint: string,
  operation: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const landlord = chosenLandlord() ?? "";
  const session = await freshSession(endpoint, landlord);
  const token = (savedView(landlord) ?? session)?.accessToken;
  const answer = await post(endpoint, landlord, operation, {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...headers,
  });
  keepView(landlord, answer);
  return answer;
}

async function post(
  endpoint: string,
  landlord: string,
  operation: object,
  headers: Record<string, string>,
): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      ...(landlord && { "x-landlord": landlord }),
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`HTTP ${response.status}: ${text.slice(0, 500)}`);
  }
}

interface SessionPayload {
  session: Omit<Session, "email"> | null;
  userErrors: { message: string }[];
}

interface SessionAnswer {
  data?: { payload: SessionPayload | null } | null;
  errors?: { message: string }[];
}

const signInMutation = `mutation SignIn($input: SignInInput!) {
  payload: signIn(input: $input) {
    session { accessToken refreshToken expiresAt }
    userErrors { code field message }
  }
}`;

const refreshMutation = `mutation RefreshSession($input: RefreshSessionInput!) {
  payload: refreshSession(input: $input) {
    session { accessToken refreshToken expiresAt }
    userErrors { code field message }
  }
}`;

/** Null when signed in, else why not. Rejects when the server cannot be reached. */
export async function signIn(
  endpoint: string,
  landlord: string,
  email: string,
  password: string,
): Promise<string | null> {
  const operation = {
    query: signInMutation,
    variables: { input: { email, password, rememberMe: false } },
  };
  return keepSession(landlord, email, await post(endpoint, landlord, operation, {}));
}

function keepSession(landlord: string, email: string, answer: unknown): string | null {
  const { data, errors } = answer as SessionAnswer;
  const session = data?.payload?.session;
  if (session) {
    sessionStorage.setItem(sessionKey(landlord), JSON.stringify({ email, ...session }));
    tellListeners();
    return null;
  }
  const faults = [...(data?.payload?.userErrors ?? []), ...(errors ?? [])];
  return faults.map(({ message }) => message).join(" ") || say("noSession");
}

/** Ends the session here, and at the server too if it can be reached. */
export async function signOut(endpoint: string, landlord: string): Promise<void> {
  const session = await freshSession(endpoint, landlord).catch(() => null);
  forgetSession(landlord);
  if (!session) return;
  const headers = { authorization: `Bearer ${session.accessToken}` };
  const operation = { query: "mutation SignOut { signOut { signedOut } }" };
  await post(endpoint, landlord, operation, headers).catch(() => undefined);
}

let refreshing: Promise<unknown> | null = null;

/** The session, with a new access token when the old one is about to lapse; null if that fails. */
async function freshSession(endpoint: string, landlord: string): Promise<Session | null> {
  const session = savedSession(landlord);
  if (!session || Date.parse(session.expiresAt) - Date.now() > 30_000) return session;
  refreshing ??= refresh(endpoint, landlord, session).finally(() => (refreshing = null));
  await refreshing;
  return savedSession(landlord);
}

async function refresh(endpoint: string, landlord: string, session: Session): Promise<void> {
  const input = { refreshToken: session.refreshToken };
  const operation = { query: refreshMutation, variables: { input } };
  const fault = keepSession(landlord, session.email, await post(endpoint, landlord, operation, {}));
  if (fault !== null) forgetSession(landlord);
}
