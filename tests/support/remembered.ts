/** Ports that ask the ERP for each thing once, so that only the gateway's own work is left. */
import { PortError } from "../../adapters/ports/errors.ts";
import type { BatchRead, MethodSpec, Port, Ports } from "../../adapters/ports/port.ts";

type Read = BatchRead<unknown, unknown>;

/**
 * Answers each read of each key from the ERP the first time, then from memory: the very same objects.
 * Whatever is no read goes to the ERP. `isDown`: by the port's name, whether its reads fail as
 * UNAVAILABLE just now.
 */
export function remembered(ports: Ports, isDown: (port: string) => boolean = () => false): Ports {
  const answers = new Map<string, Promise<unknown>>();
  const remember =
    (place: string, read: Read): Read =>
    (keys, call) =>
      Promise.all(
        keys.map((key) => {
          const name = `${place} ${JSON.stringify(key)}`;
          const answer = answers.get(name) ?? read([key], call).then(([only]) => only);
          answers.set(name, answer);
          return answer;
        }),
      );
  return {
    served: ports.served,
    use<I>(port: Port<I>): I {
      const real = ports.use(port) as Record<string, unknown>;
      const specs = port.methods as Record<string, MethodSpec | undefined>;
      const known = Object.entries(real).map(([name, value]) => {
        if (specs[name]?.of !== "read") return [name, value];
        const read = remember(`${port.name}.${name}`, value as Read);
        return [name, isDown(port.name) ? down : read];
      });
      return Object.fromEntries(known) as I;
    },
  };
}

const down: Read = () => Promise.reject(new PortError("UNAVAILABLE", "as the test wants it"));
