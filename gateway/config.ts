/** The only reader of the environment. All faults are told at once. */
import { isIP } from "node:net";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { TrustProxy } from "../subgraphs/kernel/http-app.ts";
import type { ScannerAddress } from "../uploads/scanner.ts";
import { ConfigurationError } from "./configuration-error.ts";

const bytes32 = () =>
  z
    .string({ error: "32 bytes in base64, as `openssl rand -base64 32` prints them" })
    .transform((text, context) => {
      const bytes = Buffer.from(text, "base64");
      if (bytes.length < 32) {
        context.addIssue({
          code: "custom",
          message: `at least 32 bytes in base64, found ${bytes.length}`,
        });
      }
      return new Uint8Array(bytes);
    });

/** One or more, the current one first. */
const secrets = () =>
  z
    .string({ error: "32 bytes in base64, as `openssl rand -base64 32` prints them" })
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.tuple([bytes32()], bytes32()));

const flag = z
  .enum(["true", "false"], { error: "true or false" })
  .default("false")
  .transform((text) => text === "true");

const port = () => {
  const error = "a whole number from 0 to 65535";
  return z.coerce.number({ error }).int({ error }).min(0, { error }).max(65_535, { error });
};

export const Environment = z.object({
  /** Where the gateway listens: on this machine only unless told. */
  TROUSSEAU_HOST: z.string().default("127.0.0.1"),
  /** At which port it listens. */
  TROUSSEAU_PORT: port().default(4000),
  /** Where clients reach the gateway: links in mails and the issuer of tokens. */
  TROUSSEAU_PUBLIC_URL: z.url({
    error: "the address at which clients reach the gateway, like https://api.example.org",
  }),
  /** The folder of the landlords' files. */
  TROUSSEAU_LANDLORDS: z.string().default("landlords"),
  /** Where everything is kept: a file of SQLite, or PostgreSQL for several processes. */
  TROUSSEAU_STORE: z
    .string({ error: "sqlite:<file> or postgres://…" })
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, "sqlite:<file> or postgres://…"),
  /** By which mails go out, with user and password: `smtps://user:password@host`. */
  TROUSSEAU_SMTP: z
    .string({ error: "smtp://… or smtps://…" })
    .regex(/^smtps?:\/\/.+$/, "smtp://… or smtps://…"),
  /** Where answers of landlords' systems are kept for several processes, sealed; in memory unless given. */
  TROUSSEAU_REDIS: z
    .string()
    .regex(/^rediss?:\/\/.+$/, "redis://… or rediss://…")
    .optional(),
  /** Encrypts what is secret in the store; former ones, after a comma, only decrypt. */
  TROUSSEAU_SECRET: secrets(),
  /** Seals the ids that clients keep: never change it. */
  TROUSSEAU_ID_SECRET: bytes32(),
  /** The folder of the files that people send, shared by all processes: `received-files` beside SQLite's file unless told. */
  TROUSSEAU_UPLOADS: z.string().min(1).optional(),
  /** The list of erasures, as shared as the uploads: beside their folder unless told. Back it up apart from the store, so that it survives a restored one. */
  TROUSSEAU_ERASURES: z.string().min(1).optional(),
  /** clamd, which scans those files: `host:port` or a socket. Then none passes unscanned. */
  TROUSSEAU_CLAMD: z.string().transform(scannerAddress).optional(),
  /** Metrics are served where a port is set, and on this machine only unless told. */
  TROUSSEAU_METRICS_HOST: z.string().min(1).default("127.0.0.1"),
  /** The port of metrics; without one they are served nowhere. */
  TROUSSEAU_METRICS_PORT: port().optional(),
  /** Whom to believe `x-forwarded-for`: how many proxies of yours a request passes (`1`), or their addresses (`10.0.0.0/8`); nobody unless told. */
  TROUSSEAU_TRUST_PROXY: z.string().default("false").transform(trustedProxies),
  /** Whether only registered operations are executed (`listed`), or all (`open`): `listed` unless told, or where introspection or the Explorer is on. */
  TROUSSEAU_OPERATIONS: z.enum(["open", "listed"], { error: "open or listed" }).optional(),
  /** How much one address may ask for; a person half of it, all of a landlord's fifty times; counted together in Redis. */
  TROUSSEAU_REQUESTS_PER_MINUTE: z.coerce
    .number({ error: "a whole number, 1 or more" })
    .int({ error: "a whole number, 1 or more" })
    .min(1, { error: "a whole number, 1 or more" })
    .default(1_200),
  /** Whether the schema may be asked for. */
  TROUSSEAU_INTROSPECTION: flag,
  /** Whether `/explorer` is served. */
  TROUSSEAU_EXPLORER: flag,
  /** How much is logged. */
  TROUSSEAU_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "debug, info, warn, error or silent",
    })
    .default("info"),
});

/** `host:port`, `[::1]:port`, or the path of a socket. */
function scannerAddress(text: string, context: z.RefinementCtx): ScannerAddress {
  if (text.startsWith("/")) return { path: text };
  const [, host = "", port] = /^\[?([\w.:-]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (!host) context.addIssue({ code: "custom", message: "host:port, or the path of a socket" });
  return { host, port: Number(port) };
}

const proxies =
  "false, how many proxies of yours a request passes, like 1, or their addresses, like 10.0.0.0/8";

/** `true` is refused: then anybody could say to come from anywhere, and be counted there. */
function trustedProxies(text: string, context: z.RefinementCtx): TrustProxy {
  if (text === "false") return false;
  if (/^[1-9]$/.test(text)) return Number(text);
  const addresses = text.split(",").map((each) => each.trim());
  if (!addresses.every(isNetwork)) context.addIssue({ code: "custom", message: proxies });
  return addresses;
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const known = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
  return longest > 0 && known && more.length === 0;
}

/** Where there is no file of a store to put it beside: here. */
function besideStore(store: string): string {
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(store)?.[1];
  return join(file === undefined ? "." : dirname(file), "received-files");
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly landlordsFolder: string;
  readonly store: string;
  readonly smtp: string;
  /** Null: what landlords' systems answered is kept in memory. */
  readonly redis: string | null;
  /** The folder of the files that people give. */
  readonly uploadsFolder: string;
  /** Null: there is no virus scanner. */
  readonly scanner: ScannerAddress | null;
  /** The list of erasures. */
  readonly erasuresFile: string;
  readonly secret: Uint8Array;
  readonly formerSecrets: readonly Uint8Array[];
  readonly idSecret: Uint8Array;
  /** Where metrics are served; null: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly trustProxy: TrustProxy;
  /** Whether anything may be asked that fits the schema, or registered operations only. */
  readonly operations: "open" | "listed";
  /** What one address may ask for in a minute. */
  readonly requestsPerMinute: number;
  readonly introspection: boolean;
  readonly explorer: boolean;
  readonly logLevel: string;
}

/** Variables that look like ours and are read by nobody: misspelled, most likely. */
export const unreadVariables = (environment: Record<string, string | undefined>): string[] =>
  Object.keys(environment).filter(
    (name) =>
      /^TROUSSEAU_(?!TEST_)/.test(name) && environment[name] && !(name in Environment.shape),
  );

/** Throws ConfigurationError that names each variable that is missing or wrong, never its value. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => ({
        file: "environment",
        line: 0,
        // Of several secrets the number is left out.
        field: String(issue.path[0]),
        expected: issue.message,
      })),
    );
  }
  const { data } = parsed;
  const uploadsFolder = data.TROUSSEAU_UPLOADS ?? besideStore(data.TROUSSEAU_STORE);
  return {
    host: data.TROUSSEAU_HOST,
    port: data.TROUSSEAU_PORT,
    publicUrl: data.TROUSSEAU_PUBLIC_URL.replace(/\/$/, ""),
    landlordsFolder: data.TROUSSEAU_LANDLORDS,
    store: data.TROUSSEAU_STORE,
    smtp: data.TROUSSEAU_SMTP,
    redis: data.TROUSSEAU_REDIS ?? null,
    uploadsFolder,
    erasuresFile: data.TROUSSEAU_ERASURES ?? `${uploadsFolder}-erasures`,
    scanner: data.TROUSSEAU_CLAMD ?? null,
    secret: data.TROUSSEAU_SECRET[0],
    formerSecrets: data.TROUSSEAU_SECRET.slice(1),
    idSecret: data.TROUSSEAU_ID_SECRET,
    metrics:
      data.TROUSSEAU_METRICS_PORT === undefined
        ? null
        : { host: data.TROUSSEAU_METRICS_HOST, port: data.TROUSSEAU_METRICS_PORT },
    trustProxy: data.TROUSSEAU_TRUST_PROXY,
    // Who may read the schema is to try things out.
    operations:
      data.TROUSSEAU_OPERATIONS ??
      (data.TROUSSEAU_INTROSPECTION || data.TROUSSEAU_EXPLORER ? "open" : "listed"),
    requestsPerMinute: data.TROUSSEAU_REQUESTS_PER_MINUTE,
    introspection: data.TROUSSEAU_INTROSPECTION,
    explorer: data.TROUSSEAU_EXPLORER,
    logLevel: data.TROUSSEAU_LOG_LEVEL,
  };
}
