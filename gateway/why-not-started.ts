import { StoreUnfit } from "../store/failure.ts";
import { ConfigurationError } from "./configuration-error.ts";

/** What the system calls a place where nobody can listen. */
const places: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken: another process listens there, perhaps another gateway",
  EADDRNOTAVAIL: "is no address of this machine: look at TROUSSEAU_HOST",
  EACCES: "may not be listened to: take a port above 1023",
  ENOTFOUND: "is no address: look at TROUSSEAU_HOST",
};

/** In lines, what whoever starts a gateway can mend; null for a defect. */
export function whyNotStarted(error: unknown): string | null {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof StoreUnfit) return `environment  TROUSSEAU_STORE  ${error.message}`;
  const { code, syscall, address, hostname, port } = error as NodeJS.ErrnoException & {
    address?: string;
    hostname?: string;
    port?: number;
  };
  const found = syscall === "listen" || syscall === "getaddrinfo" ? places[code ?? ""] : undefined;
  if (found === undefined) return null;
  return `${[address ?? hostname, port].filter((part) => part !== undefined).join(":")} ${found} (${code})`;
}
