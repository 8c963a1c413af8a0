import { startBeauceron } from "../beauceron/start.ts";
import type { MockErp } from "../kit/product.ts";
import { startMailbox, type Mailbox } from "../mailbox/mailbox.ts";
import { startPavois } from "../pavois/start.ts";

export interface MockServers {
  readonly erps: readonly MockErp[];
  readonly mailbox: Mailbox;
  close(): Promise<void>;
}

export interface MockPorts {
  readonly pavois: number;
  readonly beauceron: number;
  readonly smtp: number;
  readonly mailbox: number;
}

/** Where the demo's servers listen; a control door is fifty above its ERP. */
export const demoPorts: MockPorts = { pavois: 4101, beauceron: 4102, smtp: 4125, mailbox: 4180 };

/** All the servers that a portal has around it, on this machine. Port 0 takes a free one. */
export async function startMocks(ports: MockPorts): Promise<MockServers> {
  const door = (port: number) => (port === 0 ? 0 : port + 50);
  const [pavois, beauceron, mailbox] = await Promise.all([
    startPavois({ port: ports.pavois, doorPort: door(ports.pavois) }),
    startBeauceron({ port: ports.beauceron, doorPort: door(ports.beauceron) }),
    startMailbox({ smtpPort: ports.smtp, webPort: ports.mailbox }),
  ]);
  const erps = [pavois, beauceron];
  const close = async () => {
    await Promise.all([...erps, mailbox].map((server) => server.close()));
  };
  return { erps, mailbox, close };
}
