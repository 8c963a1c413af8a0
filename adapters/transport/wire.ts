import http from "node:http";
import https from "node:https";
import { BlockList } from "node:net";
import axios, { type AxiosInstance } from "axios";

/** One client's connections. */
export interface Wire {
  readonly client: AxiosInstance;
  close(): void;
}

/**
 * Where machines in a cloud read who they are, credentials and all: no ERP is there, whatever a
 * landlord's file says. They speak no TLS.
 */
const linkLocal = new BlockList();
linkLocal.addSubnet("169.254.0.0", 16);
linkLocal.addSubnet("fe80::", 10, "ipv6");
linkLocal.addAddress("fd00:ec2::254", "ipv6");

/**
 * No redirects, no proxy, no decompression, no size of its own: these are for the caller. `ca`:
 * certificates in PEM, which alone may vouch for the server then.
 */
export function createWire(ca?: string | null): Wire {
  // `timeout` closes a connection that lay idle: servers close theirs after 5 s or more, and a
  // request sent into a closing connection fails for nothing.
  const keep = { keepAlive: true, timeout: 4000 };
  // Node's types of an agent lack what `net.connect` takes.
  const inClear = { ...keep, blockList: linkLocal };
  const httpAgent = new http.Agent(inClear);
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
