import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { run, type RunOptions, type Running } from "../../gateway/run.ts";
import { startPage, type DemoAccount, type StartLink } from "../start-page.ts";
import { createAccounts, openStaffAccounts } from "./accounts.ts";
import { newcomer } from "./people.ts";
import { returnPage, returnPath } from "./return-page.ts";
import { startMocks, type MockServers } from "./servers.ts";

export interface Demo {
  readonly url: string;
  readonly gateway: Running;
  readonly mocks: MockServers;
  readonly accounts: readonly DemoAccount[];
  readonly links: readonly StartLink[];
  stop(): Promise<void>;
}

export interface DemoOptions extends Pick<RunOptions, "now" | "logTo"> {
  /** Everything listens on free ports, not on those of the demo. */
  readonly freePorts?: boolean;
  /** More of the gateway's environment, or other than the demo's. */
  readonly environment?: Record<string, string | undefined>;
  /** For landlords that are none of the demo's; what the demo says itself goes before. */
  readonly others?: Readonly<Record<string, string | undefined>>;
}

/** The gateway with all that stands around it. It keeps nothing: each start is a new one. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  if (!options.freePorts) return startAt(4000, options);
  // Tokens, links and mails tell the address: it must be known before anything listens. Somebody
  // else may take it in between.
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startAt(await freePort(), options);
    } catch (error) {
      if ((error as { code?: string }).code !== "EADDRINUSE" || attempt === 5) throw error;
    }
  }
}

async function startAt(port: number, options: DemoOptions): Promise<Demo> {
  const { freePorts = false, environment, others, now, logTo } = options;
  const mocks = await startMocks(freePorts, `http://127.0.0.1:${port}`);
  const folder = await mkdtemp(join(tmpdir(), "trousseau-demo-"));
  const accounts: DemoAccount[] = [];
  const links: StartLink[] = [];
  const clean = async () => {
    await mocks.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const settings = {
      ...others,
      ...demoEnvironment(port, mocks, folder),
      TROUSSEAU_METRICS_PORT: freePorts ? "0" : "4090",
      ...environment,
    };
    const extend = (app: FastifyInstance) => addPages(app, mocks, accounts, links);
    const demoAccounts = () =>
      accounts.map(({ oddity, role, ...account }) => ({ ...account, about: oddity || role }));
    const gateway = await run(settings, { extend, demoAccounts, now, logTo });
    const { store, landlords } = gateway.house;
    accounts.push(...(await createAccounts(store, mocks.erps)));
    accounts.push(...(await openStaffAccounts(store, landlords)));
    links.push(...linksOf(gateway, mocks));
    const stop = () => gateway.stop().then(clean);
    return { url: gateway.url, gateway, mocks, accounts, links, stop };
  } catch (error) {
    await clean();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a gateway needs to work with these servers, and keep its store in that folder. */
export function demoEnvironment(
  port: number,
  { environment, mailbox }: MockServers,
  folder: string,
) {
  return {
    TROUSSEAU_PORT: String(port),
    TROUSSEAU_PUBLIC_URL: `http://127.0.0.1:${port}`,
    TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
    TROUSSEAU_SMTP: mailbox.smtpUrl,
    TROUSSEAU_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_INTROSPECTION: "true",
    TROUSSEAU_EXPLORER: "true",
    // Whoever measures or tries it out comes from one address.
    TROUSSEAU_REQUESTS_PER_MINUTE: "10000000",
    TROUSSEAU_LOG_LEVEL: "warn",
    IMMO_PARIS_RETURN_URL: `http://127.0.0.1:${port}${returnPath}`,
    CHARTRES_RETURN_URL: `http://127.0.0.1:${port}${returnPath}`,
    ...environment,
  };
}

function addPages(
  app: FastifyInstance,
  { erps }: MockServers,
  accounts: DemoAccount[],
  links: StartLink[],
): void {
  const sendPage = (reply: FastifyReply, html: string) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .send(html);
  app.get("/", (_request, reply) => sendPage(reply, startPage(links, accounts)));
  app.get("/demo/accounts", () => accounts);
  app.get<{ Querystring: { code?: string } }>(returnPath, ({ query }, reply) =>
    sendPage(reply, returnPage(query.code ?? "")),
  );
  app.get("/demo/newcomers", () =>
    Promise.all(
      erps.map(async (erp) => {
        const { reference, surname, givenName, birthDate, credentials } = await newcomer(erp);
        const { landlord } = erp;
        return { landlord, reference, surname, givenName, birthDate, credentials };
      }),
    ),
  );
}

function linksOf(
  { url, metricsUrl }: Running,
  { erps, mailbox, openId, providers }: MockServers,
): StartLink[] {
  const doors = erps.map(({ product, landlord, doorUrl }) => ({
    title: `Control door of ${product}`,
    url: doorUrl,
    what: `what the mock ERP of ${landlord} holds and was asked; make it slow, closed, wrong`,
  }));
  return [
    {
      title: "GraphQL",
      url: `${url}/graphql`,
      what: "the end point of all portals; choose the landlord with the header x-landlord",
    },
    {
      title: "Explorer",
      url: `${url}/explorer`,
      what: "GraphiQL with the saved operations of every feature",
    },
    { title: "Mail box", url: mailbox.url, what: "every mail that the gateway sent" },
    {
      title: "OpenID provider",
      url: `${openId.url}/.well-known/openid-configuration`,
      what: "stands for Google, Facebook, LinkedIn and X; choose there as whom to sign in",
    },
    ...doors,
    {
      title: "Control door of PayFiP",
      url: providers.payfip.doorUrl,
      what: "payments at the public offices: what was paid, what is told, late, twice or never",
    },
    {
      title: "Control door of Lyra",
      url: providers.lyra.doorUrl,
      what: "payments at the other landlords, likewise; capture, refund, send news again",
    },
    { title: "Demo accounts", url: `${url}/demo/accounts`, what: "who can sign in, as JSON" },
    {
      title: "Newcomers",
      url: `${url}/demo/newcomers`,
      what: "who can still register, with what their rent notice says, as JSON",
    },
    {
      title: "Public keys",
      url: `${url}/.well-known/jwks.json`,
      what: "what access tokens are checked with",
    },
    {
      title: "Metrics",
      url: metricsUrl ?? "",
      what: "what Prometheus reads: changes that need somebody, deliveries, calls of the ERPs",
    },
    { title: "Ready", url: `${url}/health/ready`, what: "whether the gateway can serve" },
  ];
}
