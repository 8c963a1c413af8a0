/** A GraphQL query asked of the house in this process: its own schema, door and errors, but no socket. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Ports } from "../../adapters/ports/port.ts";
import { Environment } from "../../gateway/config.ts";
import { ConfigurationError } from "../../gateway/configuration-error.ts";
import { createLog } from "../../gateway/log.ts";
import { createGateway } from "../../gateway/server.ts";
import { subgraphs } from "../../gateway/subgraphs.ts";
import { openStore, type Store } from "../../store/store.ts";
import { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { nobodysHash } from "../../subgraphs/kernel/password-hash.ts";
import type { House } from "../../subgraphs/kernel/request.ts";
import { issueAccessToken } from "../../subgraphs/kernel/tokens.ts";
import { readLandlordOf } from "../landlord-of.ts";
import { UsageError, type Terminal } from "../terminal.ts";
import type { AskedOperation } from "./asked-operation.ts";

const publicUrl = "http://trousseau.invalid";
const sessionMs = 60 * 60_000;

/** Something that a query could not have: `NOT_SUPPORTED`, `viewer.contracts.nodes.0.balance`. */
export interface Missing {
  readonly code: string;
  readonly path: string;
}

/**
 * The whole of a landlord's file, as the gateway needs it; secrets of what is no ERP may be absent.
 * Throws ConfigurationError.
 */
export async function wholeLandlordOf(terminal: Terminal, path: string): Promise<Landlord> {
  const { value, faults } = await readLandlordOf(terminal, path);
  const read = Landlord.safeParse(value);
  if (!read.success) throw new ConfigurationError(faults);
  return read.data;
}

interface HouseOf {
  readonly landlord: Landlord;
  readonly ports: Ports;
  /** Who asks, by the ERP's own key. */
  readonly person: string;
}

/**
 * Asks as this person would who is signed in; what was asked for and could not be had. Nothing is kept:
 * the store is in memory, nobody delivers and no mail goes out. Throws UsageError for what the schema
 * refuses.
 */
export async function askHouse(
  terminal: Terminal,
  { landlord, ports, person }: HouseOf,
  { file, query, variables }: AskedOperation,
): Promise<readonly Missing[]> {
  const { now, root } = terminal;
  const store = await openStore({ url: "sqlite::memory:", secret: randomBytes(32), now });
  const house: House = {
    landlords: [{ landlord, ports }],
    store,
    idSecret: idSecretOf(terminal),
    publicUrl,
    now,
  };
  const { app } = await createGateway({
    house,
    subgraphs,
    supergraphSdl: await readFile(new URL("schema/supergraph.graphql", root), "utf8"),
    log: createLog("silent"),
    introspection: true,
    trustProxy: false,
  });
  try {
    const token = await signIn(store, landlord, person, now());
    const { statusCode, body } = await app.inject({
      method: "POST",
      url: "/graphql",
      headers: {
        "content-type": "application/json",
        "x-landlord": landlord.id,
        authorization: `Bearer ${token}`,
      },
      payload: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = JSON.parse(body) as Answer;
    if (statusCode !== 200 || data === undefined) {
      const reasons = errors.map(({ message }) => `\n  ${message}`);
      throw new UsageError(`${file} was refused:${reasons.join("")}`);
    }
    return errors.map(({ extensions, path = [] }) => ({
      code: extensions.code,
      path: path.join("."),
    }));
  } finally {
    await app.close();
    await store.close();
  }
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/** The gateway's own where it is at hand: then variables may hold ids that the gateway gave. */
function idSecretOf({ environment }: Terminal): Uint8Array {
  const given = environment["TROUSSEAU_ID_SECRET"];
  if (given === undefined) return randomBytes(32);
  const read = Environment.shape.TROUSSEAU_ID_SECRET.safeParse(given);
  if (read.success) return read.data;
  throw new UsageError(`TROUSSEAU_ID_SECRET: expected ${read.error.issues[0]!.message}.`);
}

async function signIn(store: Store, { id }: Landlord, person: string, now: Date): Promise<string> {
  const account = {
    landlord: id,
    email: "tenant@trousseau.invalid",
    passwordHash: nobodysHash,
    language: "fr" as const,
  };
  const created = await store.accounts.create(account, [person], []);
  if (created.outcome !== "OK") throw new Error("an empty store has an account");
  const accountId = created.account.id;
  const { sessionId } = await store.sessions.start(id, accountId, {
    expiresAt: new Date(now.getTime() + sessionMs),
    remember: false,
  });
  const order = { issuer: publicUrl, landlord: id, accountId, sessionId, now };
  return (await issueAccessToken(store, order)).token;
}
