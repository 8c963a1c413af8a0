/** What stands around the gateway: mail, scanner, Redis, folders, disk, ports. */
import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { createClient } from "@redis/client";
import { createTransport } from "nodemailer";
import type { Config } from "../../gateway/config.ts";
import { fault, ok, warning, type Finding } from "../findings.ts";

const waitMs = 5000;
const codeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "no answer";
};

export async function checkSmtp(url: string): Promise<Finding[]> {
  const transport = createTransport({
    url,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.verify();
    return [ok("SMTP", "answers, and takes what TROUSSEAU_SMTP holds")];
  } catch (error) {
    const code = codeOf(error);
    const said = code === "EAUTH" ? "refuses user or password" : `cannot be used (${code})`;
    return [
      fault(
        "SMTP",
        said,
        "Look at TROUSSEAU_SMTP: scheme, host, port, user. Mails wait until it works.",
      ),
    ];
  } finally {
    transport.close();
  }
}

/** Has nothing scanned: an answer says that its signatures are loaded, too. */
export async function checkScanner(address: NonNullable<Config["scanner"]>): Promise<Finding[]> {
  const answered = await new Promise<string>((resolve) => {
    const socket = connect({ ...address });
    socket.setTimeout(waitMs, () => socket.destroy(new Error("silent")));
    socket.on("connect", () => socket.write("zINSTREAM\0\0\0\0\0"));
    socket.on("data", (bytes) => {
      resolve(bytes.toString("latin1"));
      socket.destroy();
    });
    socket.on("error", () => resolve(""));
    socket.on("close", () => resolve(""));
  });
  if (answered.startsWith("stream: OK")) return [ok("clamd", "answers")];
  return [
    fault(
      "clamd",
      "gives no answer: every file of people is refused",
      "Start clamd, or look at TROUSSEAU_CLAMD.",
    ),
  ];
}

export async function checkRedis(url: string): Promise<Finding[]> {
  const client = createClient({
    url,
    socket: { connectTimeout: waitMs, reconnectStrategy: false },
  });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.ping();
    return [ok("Redis", "answers")];
  } catch (error) {
    return [
      fault(
        "Redis",
        `cannot be used (${codeOf(error)})`,
        "Look at TROUSSEAU_REDIS: host, port, password.",
      ),
    ];
  } finally {
    // Throws for one that never was open.
    if (client.isOpen) client.destroy();
  }
}

const plenty = 1_000_000_000;
const least = 100_000_000;

/** A folder that the gateway writes to; it need not be there yet. */
export async function checkFolder(step: string, path: string, from: string): Promise<Finding[]> {
  const asked = resolve(from, path);
  const there = await nearest(asked);
  const folder = await stat(there);
  if (!folder.isDirectory()) {
    return [fault(step, `${there} is a file`, "Name a folder.")];
  }
  try {
    await access(there, constants.W_OK | constants.X_OK);
  } catch {
    return [
      fault(step, `${there} cannot be written to`, "Give it to the user that the gateway runs as."),
    ];
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const said = `${asked}: ${(free / 1e9).toFixed(1)} GB free`;
  if (free < least) return [fault(step, said, "Make room: nothing can be kept soon.")];
  return [free < plenty ? warning(step, said, "Make room.") : ok(step, said)];
}

async function nearest(path: string): Promise<string> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : nearest(dirname(path));
}

export async function checkPort(step: string, host: string, port: number): Promise<Finding[]> {
  if (port === 0) return [ok(step, "any free one")];
  const server = createServer();
  const error = await new Promise<unknown>((resolve) => {
    server.once("error", resolve);
    server.listen(port, host, () => resolve(null));
  });
  await new Promise((resolve) => server.close(resolve));
  if (error === null) return [ok(step, `${host}:${port} is free`)];
  const code = codeOf(error);
  if (code === "EADDRINUSE") {
    return [
      warning(
        step,
        `${host}:${port} is taken`,
        "Right where the gateway runs already; else stop what listens there.",
      ),
    ];
  }
  return [
    fault(
      step,
      `${host}:${port} cannot be used (${code})`,
      "Is the address one of this machine's, and the port above 1023?",
    ),
  ];
}
