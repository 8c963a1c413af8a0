import type { MockProvider } from "../checkout/provider.ts";
import { startBeauceron } from "../beauceron/start.ts";
import { servicePath as habilogPath, startHabilog } from "../habilog/start.ts";
import { servicePath as intituloPath, startIntitulo } from "../intitulo/start.ts";
import type { MockErp } from "../kit/product.ts";
import { startProviders } from "./providers.ts";
import { startMailbox, type Mailbox } from "../mailbox/mailbox.ts";
import type { RegisteredPortal } from "../openid/clients.ts";
import { startOpenId, type OpenId } from "../openid/openid.ts";
import { servicePath as pavoisPath, startPavois } from "../pavois/start.ts";
import { startSyndeo } from "../syndeo/start.ts";

interface DemoErp {
  /** Where it listens in the demo; its control door is fifty above. */
  readonly port: number;
  start(ports: { port: number; doorPort: number }): Promise<MockErp>;
  /** What the landlord's file asks of the environment. */
  environment(url: string): Record<string, string>;
}

const demoErps: readonly DemoErp[] = [
  {
    port: 4101,
    start: startPavois,
    environment: (url) => ({
      LA_ROCHELLE_ERP_ENDPOINT: `${url}${pavoisPath}`,
      LA_ROCHELLE_ERP_PASSWORD: "pavois-demo",
      LA_ROCHELLE_WEBHOOK_SECRET: "pavois-demo-signs-with-this-secret",
    }),
  },
  {
    port: 4102,
    start: startBeauceron,
    environment: (url) => ({ CHARTRES_ERP_URL: url, CHARTRES_ERP_SECRET: "beauceron-demo" }),
  },
  {
    port: 4103,
    start: startHabilog,
    environment: (url) => ({
      IVRY_ERP_ENDPOINT: `${url}${habilogPath}`,
      IVRY_ERP_PASSWORD: "habilog-demo",
    }),
  },
  {
    port: 4104,
    start: startIntitulo,
    environment: (url) => ({
      AUBERVILLIERS_ERP_ENDPOINT: `${url}${intituloPath}`,
      AUBERVILLIERS_ERP_PASSWORD: "intitulo-demo",
    }),
  },
  {
    port: 4105,
    start: startSyndeo,
    environment: (url) => ({ IMMO_PARIS_ERP_URL: url, IMMO_PARIS_ERP_PASSWORD: "syndeo-demo" }),
  },
];

const portals: readonly RegisteredPortal[] = [
  { landlord: "immo-paris", providers: ["google", "facebook", "linkedin", "x"] },
  { landlord: "chartres", providers: ["google", "x"] },
];

export interface MockServers {
  readonly erps: readonly MockErp[];
  readonly mailbox: Mailbox;
  /** Stands for Google, LinkedIn, Facebook and X. */
  readonly openId: OpenId;
  /** By which people pay. */
  readonly providers: { readonly payfip: MockProvider; readonly lyra: MockProvider };
  /** What the landlords' files ask of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * All the servers that a portal has around it, on this machine; on free ports where asked.
 * `gatewayUrl`: where the gateway will be.
 */
export async function startMocks(
  free: boolean,
  gatewayUrl = "http://127.0.0.1:4000",
): Promise<MockServers> {
  const at = (port: number) => (free ? 0 : port);
  const mailbox = await startMailbox({ smtpPort: at(4125), webPort: at(4180) });
  const erps = await Promise.all(
    demoErps.map(({ port, start }) => start({ port: at(port), doorPort: at(port + 50) })),
  );
  const openId = await startOpenId({ port: at(4160), portals, gatewayUrl });
  const { environment: ofPayments, ...providers } = await startProviders(at);
  const environment = Object.assign(
    { ...openId.environment, ...ofPayments },
    ...erps.map(({ url }, index) => demoErps[index]!.environment(url)),
  );
  const close = async () => {
    await Promise.all(
      [...erps, mailbox, openId, providers.payfip, providers.lyra].map((server) => server.close()),
    );
  };
  return { erps, mailbox, openId, providers, environment, close };
}
