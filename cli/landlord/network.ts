/** Whether an address of a landlord's file can be reached at all: name, port, certificate, HTTP. */
import { lookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { connect as connectTcp } from "node:net";
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from "node:tls";
import { fault, ok, warning, type Finding } from "../findings.ts";

export interface Address {
  /** `erp.settings.baseUrl` */
  readonly field: string;
  readonly url: URL;
}

/** The addresses among settings, each server once. */
export function addressesIn(settings: unknown, field: string): Address[] {
  const found = new Map<string, Address>();
  const walk = (value: unknown, place: string): void => {
    if (typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)) {
      const url = new URL(value);
      if (!found.has(url.origin)) found.set(url.origin, { field: place, url });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, `${place}.${key}`);
    }
  };
  walk(settings, field);
  return [...found.values()];
}

export interface Asking {
  readonly signal: AbortSignal;
  /** How long each step may take. */
  readonly ms: number;
  readonly now: () => Date;
  /** Certificates in PEM that alone may vouch for the ERP. */
  readonly ca?: string | null;
}

/** Stops at the first step that fails: those after it would fail of the same. */
export async function probeAddress(address: Address, asking: Asking): Promise<Finding[]> {
  const findings: Finding[] = [];
  const steps = [probeName, probeConnection, probeHttp];
  for (const step of steps) {
    const came = await step(address, asking);
    findings.push(...came);
    if (came.some(({ mark }) => mark === "fault")) break;
  }
  return findings;
}

const timed = async <T>(job: () => Promise<T>): Promise<{ came: T; ms: number }> => {
  const startedAt = performance.now();
  return { came: await job(), ms: performance.now() - startedAt };
};

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "");
const portOf = ({ port, protocol }: URL) => Number(port) || (protocol === "https:" ? 443 : 80);

async function probeName({ field, url }: Address): Promise<Finding[]> {
  const host = bare(url.hostname);
  try {
    const { ms } = await timed(() => lookup(host));
    return [ok("name", `${host} is known`, ms)];
  } catch (error) {
    const unknown = codeOf(error) === "ENOTFOUND";
    return [
      fault(
        "name",
        unknown ? `${host} is unknown here` : `${host} cannot be looked up (${codeOf(error)})`,
        unknown
          ? `Is ${field} spelt right? A name of the landlord's own network needs its DNS or a VPN.`
          : "Look at this machine's name server.",
      ),
    ];
  }
}

const refusals: Readonly<Record<string, [said: string, hint: string]>> = {
  ECONNREFUSED: ["nothing listens there", "Is the port right, and what serves there started?"],
  EHOSTUNREACH: ["there is no way there", "Is a VPN or a route lacking?"],
  ENETUNREACH: ["there is no way there", "Is a VPN or a route lacking?"],
  ECONNRESET: ["the connection was cut", "A firewall, or a port that speaks another protocol?"],
  TIMEOUT: [
    "no answer to the connection",
    "A firewall that drops: have this machine's address let through, or use the landlord's VPN.",
  ],
};

async function probeConnection(address: Address, asking: Asking): Promise<Finding[]> {
  const { field, url } = address;
  const place = `${bare(url.hostname)}:${portOf(url)}`;
  const secure = url.protocol === "https:";
  try {
    const { came, ms } = await timed(() => openSocket(url, secure, asking));
    if (!came) return inClear(url, place, ms);
    return certificateFindings(came, url, place, ms, asking.now());
  } catch (error) {
    const code = codeOf(error);
    const spoken = /^(EPROTO|ERR_SSL)/.test(code);
    const [said, hint] = spoken
      ? ["what listens there speaks no TLS", `Is it http:// in ${field}, or another port?`]
      : (refusals[code] ?? [`no connection (${code})`, `Look at ${field}.`]);
    return [fault("connection", `${place}: ${said}`, hint)];
  }
}

function inClear(url: URL, place: string, ms: number): Finding[] {
  const local = /^(localhost|127\.|\[::1\])/.test(url.hostname);
  const connected = ok("connection", `${place} accepts connections`, ms);
  const open = "the address is http://: secrets and tenants' data travel in clear";
  return local ? [connected] : [connected, warning("TLS", open, "Use https:// or a VPN.")];
}

interface Shown {
  readonly certificate: PeerCertificate;
  readonly wrong: string | null;
}

function openSocket(url: URL, secure: boolean, { ms, signal, ca }: Asking): Promise<Shown | null> {
  const host = bare(url.hostname);
  const to = { host, port: portOf(url) };
  return new Promise((resolve, reject) => {
    const named = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    // The certificate is looked at below: nothing is sent over this connection.
    const socket = secure
      ? connectTls({ ...to, ...named, ...vouching(ca), rejectUnauthorized: false }, () => {
          const reason = (socket as { authorizationError?: unknown }).authorizationError;
          const certificate = (
            socket as unknown as { getPeerCertificate(): PeerCertificate }
          ).getPeerCertificate();
          socket.destroy();
          resolve({ certificate, wrong: reason ? wrongOf(reason) : null });
        })
      : connectTcp(to, () => {
          socket.destroy();
          resolve(null);
        });
    const stop = () => socket.destroy(Object.assign(new Error("stopped"), { code: "TIMEOUT" }));
    socket.setTimeout(ms, stop);
    signal.addEventListener("abort", stop, { once: true });
    socket.once("error", reject);
  });
}

const vouching = (ca: string | null | undefined) => (ca ? { ca } : {});

const wrongOf = (reason: unknown) => (typeof reason === "string" ? reason : codeOf(reason));

const certificateFaults: Readonly<Record<string, [said: string, hint: string]>> = {
  CERT_HAS_EXPIRED: ["the certificate has expired", "Have the landlord renew it."],
  CERT_NOT_YET_VALID: [
    "the certificate is not valid yet",
    "Is this machine's clock right? If so, have the landlord look at the certificate.",
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "the certificate is self-signed",
    "Have the landlord give it, and name its file in erp.tls.ca; never turn checks off.",
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    "the certificate is of an authority that is not known here",
    "Name the file of the landlord's authority in erp.tls.ca.",
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "the server leaves out the intermediate certificate",
    "Have the landlord configure the whole chain.",
  ],
};

function certificateFindings(
  { certificate, wrong }: Shown,
  url: URL,
  place: string,
  ms: number,
  now: Date,
): Finding[] {
  const connected = ok("connection", `${place} accepts connections`, ms);
  const host = bare(url.hostname);
  if (wrong === "ERR_TLS_CERT_ALTNAME_INVALID" || checkServerIdentity(host, certificate)) {
    const named = certificate.subjectaltname?.replaceAll("DNS:", "") ?? "another host";
    const said = `the certificate is for ${named}, not for ${host}`;
    return [connected, fault("TLS", said, "Use the host's own name in the address.")];
  }
  if (wrong !== null) {
    const [said, hint] = certificateFaults[wrong] ?? [
      `the certificate is not accepted (${wrong})`,
      "Show it to whoever runs the landlord's server.",
    ];
    return [connected, fault("TLS", said, hint)];
  }
  const days = Math.floor((Date.parse(certificate.valid_to) - now.getTime()) / 86_400_000);
  const said = `the certificate is good for ${days} more days`;
  return [
    connected,
    days < 21 ? warning("TLS", said, "Have the landlord renew it.") : ok("TLS", said),
  ];
}

/** How far two clocks may lie apart before it matters: some ERPs refuse at five minutes. */
const mostSkewMs = 30_000;

async function probeHttp({ field, url }: Address, asking: Asking): Promise<Finding[]> {
  const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(asking.ms)]);
  try {
    const { came, ms } = await timed(() => headOf(url, asking.ca, signal));
    return [ok("HTTP", `${url.origin} answers (${came.status})`, ms), ...clocks(came, ms, asking)];
  } catch (error) {
    const silent = signal.aborted;
    const said = silent
      ? `${url.origin} takes the connection and then says nothing for ${asking.ms} ms`
      : `${url.origin} does not speak HTTP`;
    const hint = silent
      ? "The ERP hangs or is overloaded: have the landlord look at it, or set a longer erp.deadlineMs."
      : `Is the port in ${field} right (${codeOf(error)})?`;
    return [fault("HTTP", said, hint)];
  }
}

interface Head {
  readonly status: number | undefined;
  readonly date: string | undefined;
}

const headOf = (url: URL, ca: string | null | undefined, signal: AbortSignal): Promise<Head> =>
  new Promise((resolve, reject) => {
    const ask = url.protocol === "https:" ? https.get : http.get;
    const request = ask(url, { agent: false, signal, ...vouching(ca) }, (response) => {
      resolve({ status: response.statusCode, date: response.headers.date });
      response.destroy();
    });
    request.on("error", reject);
  });

function clocks({ date }: Head, ms: number, { now }: Asking): Finding[] {
  const told = Date.parse(date ?? "");
  if (Number.isNaN(told)) return [];
  const apart = now().getTime() - ms / 2 - told;
  const seconds = Math.round(Math.abs(apart) / 1000);
  if (Math.abs(apart) < mostSkewMs) return [ok("clock", `as ours, to ${seconds + 1} s`)];
  const said = `the ERP's clock is ${seconds} s ${apart > 0 ? "behind" : "ahead of"} ours`;
  return [warning("clock", said, "Have both machines ask a time server (NTP).")];
}

const codeOf = (error: unknown): string => {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return String(code ?? message ?? error);
};
