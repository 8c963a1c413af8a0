import http from "node:http";
import https from "node:https";
import axios, { type AxiosInstance } from "axios";

/** One client's connections. */
export interface Wire {
  readonly client: AxiosInstance;
  close(): void;
}

/**
 * No redirects, no proxy, no decompression, no size of its own: these are for the caller. `ca`:
 * certificates in PEM, which alone may vouch for the server then.
 */
export function createWire(ca?: string | null): Wire {
  // `timeout` closes a connection that lay idle: servers close theirs after 5 s or more, and a
  // request sent into a closing connection fails for nothing.
  const keep = { keepAlive: true, timeout: 4000 };
  const httpAgent = new http.Agent(keep);
  const httpsAgent = new https.Agent({
    ...keep,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ...(ca ? { ca } : {}),
  });
  const client = axios.create({
    adapter: "http",
    httpAgent,
    httpsAgent,
    proxy: false,
    maxRedirects: 0,
    decompress: false,
    responseType: "stream",
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
  const close = () => {
    httpAgent.destroy();
    httpsAgent.destroy();
  };
  return { client, close };
}
