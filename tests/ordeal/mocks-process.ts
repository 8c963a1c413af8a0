/** All that stands around a gateway, in a process of its own: it outlives every gateway. */
import { startMocks } from "../../mocks/demo/servers.ts";

export interface MocksTold {
  readonly erps: readonly { landlord: string; product: string; doorUrl: string }[];
  readonly providers: { readonly payfip: Place; readonly lyra: Place };
  readonly environment: Readonly<Record<string, string>>;
  readonly smtpUrl: string;
}
interface Place {
  readonly url: string;
  readonly doorUrl: string;
}

const [gatewayUrl] = process.argv.slice(2);
const { erps, providers, environment, mailbox } = await startMocks(true, gatewayUrl);
const place = ({ url, doorUrl }: Place) => ({ url, doorUrl });
const told: MocksTold = {
  erps: erps.map(({ landlord, product, doorUrl }) => ({ landlord, product, doorUrl })),
  providers: { payfip: place(providers.payfip), lyra: place(providers.lyra) },
  environment,
  smtpUrl: mailbox.smtpUrl,
};
process.send?.(told);
process.on("disconnect", () => process.exit());
