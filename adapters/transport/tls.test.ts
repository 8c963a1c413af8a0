import { once } from "node:events";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { selfSigned } from "./fixtures/certificates.ts";
import { testCall, testIo } from "./fixtures/server.ts";
import { wsdlFile } from "./fixtures/soap.ts";
import { createHttp } from "./http.ts";
import { createRestClient } from "./rest.ts";
import { createSoapClient } from "./soap.ts";

const [good, expired, elsewhere] = [
  selfSigned("IP:127.0.0.1"),
  selfSigned("IP:127.0.0.1", -1),
  selfSigned("DNS:erp.example"),
];
const noOpenssl = !good || !expired || !elsewhere;

async function serving(options: ServerOptions) {
  let requests = 0;
  const server = createServer(options, (_request, response) => {
    requests++;
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { baseUrl, requests: () => requests };
}

const old: ServerOptions = {
  ...good,
  minVersion: "TLSv1",
  maxVersion: "TLSv1",
  ciphers: "DEFAULT@SECLEVEL=0",
};

test.skipIf(noOpenssl).each<[string, ServerOptions, string | undefined, RegExp]>([
  ["that nobody vouches for", { ...good }, undefined, /DEPTH_ZERO_SELF_SIGNED_CERT/],
  ["that has expired", { ...expired }, expired?.cert, /CERT_HAS_EXPIRED/],
  ["of another host", { ...elsewhere }, elsewhere?.cert, /ERR_TLS_CERT_ALTNAME_INVALID/],
  [
    "that another authority than the landlord's has made",
    { ...good },
    expired?.cert,
    /CERT|VERIFY/,
  ],
  ["behind TLS 1.0", old, good?.cert, /ERR_SSL_|EPROTO/],
])(
  "F-06 a certificate %s is UNAVAILABLE, and nothing is sent",
  async (_what, options, ca, reason) => {
    const { baseUrl, requests } = await serving(options);
    const http = createHttp({ ...testIo(), ca }, { baseUrl });
    onTestFinished(() => http.close());
    const sent = http.send({ method: "POST", path: "/", body: "secret" }, testCall());
    const error: unknown = await sent.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect(String(error)).toMatch(/^PortError: test-landlord: POST \/: no answer \(/);
    expect(String(error)).toMatch(reason);
    expect(requests()).toBe(0);
  },
);

test.skipIf(noOpenssl)(
  "F-06 the authority that a landlord names vouches for its ERP, in every transport, and in no other landlord's",
  async () => {
    const { baseUrl, requests } = await serving({ ...good });
    const io = { ...testIo(), ca: good!.cert };
    const rest = createRestClient(io, { baseUrl });
    const soap = await createSoapClient(io, {
      wsdl: wsdlFile("document.wsdl"),
      endpoint: baseUrl,
      version: "1.2",
    });
    const other = createRestClient(testIo(), { baseUrl });
    onTestFinished(async () => void (await Promise.all([rest, soap, other].map((c) => c.close()))));
    expect((await rest.get("/", {}, testCall())).data).toEqual({});
    // It answers, though not in XML.
    await expect(soap.call("LireBaux", { Numero: "1" }, testCall())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
    expect(requests()).toBe(2);
    await expect(other.get("/", {}, testCall())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(requests()).toBe(2);
  },
);
