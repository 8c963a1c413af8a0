/** The payment providers of the demo, with what the landlords' files ask of the environment for them. */
import { startLyra } from "../lyra/start.ts";
import { pagePath } from "../payfip/page.ts";
import { servicePath, startPayfip } from "../payfip/start.ts";

/** By the prefix of the landlord's variables. */
const shops = { IVRY: "94200001", CHARTRES: "28000001", IMMO_PARIS: "75000001" } as const;
const regies = ["AUBERVILLIERS", "LA_ROCHELLE"] as const;

/** `at`: the port to take for that of the demo. */
export async function startProviders(at: (port: number) => number) {
  const lyraShops = Object.entries(shops).map(([name, siteId]) => ({
    siteId,
    mode: "TEST" as const,
    key: `lyra-demo-key-${name}`,
    apiPassword: `lyra-demo-password-${name}`,
  }));
  const payfip = await startPayfip({ port: at(4111), doorPort: at(4161) });
  const lyra = await startLyra({ port: at(4112), doorPort: at(4162), shops: lyraShops });
  const ofLyra = Object.keys(shops).flatMap((name, index) => [
    [`${name}_PAYMENT_FORM_URL`, `${lyra.url}/vads-payment/`],
    [`${name}_PAYMENT_API_URL`, lyra.url],
    [`${name}_PAYMENT_KEY`, lyraShops[index]!.key],
    [`${name}_PAYMENT_API_PASSWORD`, lyraShops[index]!.apiPassword],
  ]);
  const ofPayfip = regies.flatMap((name) => [
    [`${name}_PAYMENT_ENDPOINT`, payfip.url + servicePath],
    [`${name}_PAYMENT_PAGE_URL`, payfip.url + pagePath],
  ]);
  const environment = Object.fromEntries([...ofLyra, ...ofPayfip]) as Record<string, string>;
  return { payfip, lyra, environment };
}
