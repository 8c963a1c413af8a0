/** Another SOAP stack, the `soap` package, reads our requests as they are meant: each operation of each WSDL. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { listen } from "soap";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testCall, testIo } from "./fixtures/server.ts";
import { createSoapClient, SoapFault, type SoapClient } from "./soap.ts";
import { readDefinitions } from "./wsdl/definitions.ts";
import { loadWsdl } from "./wsdl/load.ts";
import { requestOf } from "./wsdl/messages.ts";
import { operationsOf } from "./wsdl/operations.ts";
import { isElement, ownFieldsOf, type RecordType, type Value } from "./wsdl/records.ts";
import { createTypes } from "./wsdl/types.ts";

const wsdls = [
  "adapters/erp/pavois/wsdl/PortailLocataire.wsdl",
  "adapters/erp/habilog/wsdl/PortailLocataire.wsdl",
  "adapters/erp/intitulo/wsdl/serveur_portail.wsdl",
  "adapters/payment/payfip/wsdl/PaiementSecuriseService.wsdl",
  "adapters/transport/fixtures/wsdl/document.wsdl",
  "adapters/transport/fixtures/wsdl/rpc.wsdl",
];

type Data = Record<string, unknown>;

const nasty = 'Ça & <b>là</b> ]]> "l\'été" 😀';
const texts: Record<string, string> = {
  date: "2026-02-28",
  dateTime: "2026-02-28T23:59:59Z",
  decimal: "1234.5",
  double: "1234.5",
  float: "1234.5",
  integer: "12",
  long: "12",
};

/** Something in each field, two of what may come several times. */
function sampleOf(value: Value, depth: number): unknown {
  if (value.kind === "record") return recordOf(value.record, depth + 1);
  if (value.kind === "list") return [sampleOf(value.of, depth), sampleOf(value.of, depth)];
  if (value.kind === "flag") return "true";
  if (value.kind === "whole") return "7";
  if (value.kind === "file") return "JVBERi0xLjc=";
  return value.kind === "text" ? (value.values?.[0] ?? texts[value.xsd] ?? nasty) : nasty;
}

const recordOf = (record: RecordType, depth = 0): Data =>
  Object.fromEntries(
    ownFieldsOf(record)
      .filter((field) => isElement(field) && (depth < 5 || !field.optional))
      .map(({ name, value, many }) => {
        const sample = () => sampleOf(value, depth);
        return [name, many ? [sample(), sample()] : sample()];
      }),
  );

/** What the other stack read, in the form of what was sent. */
function asSent(read: unknown, sent: unknown): unknown {
  if (Array.isArray(sent)) {
    const items = Array.isArray(read) ? read : ((read as Data)?.["item"] ?? [read]);
    return (items as unknown[]).map((one, i) => asSent(one, sent[i] ?? sent[0]));
  }
  if (typeof sent === "object" && sent !== null) {
    return Object.fromEntries(
      Object.entries(read as Data)
        .filter(([name]) => name !== "attributes")
        .map(([name, value]) => [name, asSent(value, (sent as Data)[name])]),
    );
  }
  if (read instanceof Date) {
    return read.getTime() === new Date(String(sent)).getTime() ? sent : read.toISOString();
  }
  const text = typeof read === "object" && read !== null ? (read as Data)["$value"] : read;
  return String(text);
}

/** Whatever is asked of it by name, however deep. */
const anyService = (handler: unknown): object =>
  new Proxy({}, { get: () => new Proxy({}, { get: () => new Proxy({}, { get: () => handler }) }) });

/** A server that reads every operation of the WSDL, and answers each with a fault. */
async function startOther(wsdl: string) {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const seen: Data[] = [];
  const services = anyService((args: Data | null) => {
    seen.push(args ?? {});
    throw { Fault: { faultcode: "Client", faultstring: "seen" } };
  });
  const xml = await readFile(wsdl, "utf8");
  await new Promise<void>((resolve, reject) => {
    const callback = (error: unknown) => (error ? reject(error) : resolve());
    listen(http, { path: "/ws", services: services as never, xml, uri: wsdl, callback });
  });
  const { port } = http.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/ws`,
    seen,
    stop: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

async function read(wsdl: string) {
  const definitions = readDefinitions(await loadWsdl(wsdl));
  const [binding] = definitions.bindings.values();
  const operations = operationsOf(definitions, binding!);
  return { operations, types: createTypes(definitions.schemas), version: binding!.version };
}

describe.each(wsdls)("by %s", async (path) => {
  const wsdl = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const { operations, types, version } = await read(wsdl);
  let other: Awaited<ReturnType<typeof startOther>>;
  let client: SoapClient;
  beforeAll(async () => {
    other = await startOther(wsdl);
    client = await createSoapClient(testIo(), { wsdl, endpoint: other.endpoint, version });
  });
  afterAll(async () => {
    await client?.close();
    other?.stop();
  });

  test.each(operations)("E-11 $name is read as it was meant", async (operation) => {
    const body = requestOf(operation, types);
    if ("unfit" in body) throw new Error(body.unfit);
    const sent = recordOf(body.record);
    const answer = client.call(operation.name, sent, testCall());
    await expect(answer).rejects.toThrow(SoapFault);
    expect(asSent(other.seen.splice(0), [sent])).toEqual([sent]);
  });
});
