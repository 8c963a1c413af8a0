/** What may be in the house, and from which version on. */

/** Below these, flaws are known that reach us: the gateway's, the parsers', the mailer's. */
export const leastVersions: Readonly<Record<string, string>> = {
  "@apollo/gateway": "2.13.2",
  "@apollo/server": "5.5.0",
  "@fastify/busboy": "3.2.1",
  "@graphql-tools/utils": "12.0.1",
  axios: "1.20.0",
  "fast-xml-parser": "5.10.1",
  graphql: "16.8.1",
  jws: "4.0.1",
  multer: "2.3.0",
  node: "24.15.0",
  nodemailer: "10.4.1",
  sax: "1.6.1",
  soap: "1.13.0",
  "xml-crypto": "6.1.2",
  xml2js: "0.6.2",
};

/** Licences that ask for no more than to be named. */
export const freeLicences: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PSF-2.0",
];

/** Packages under a licence that restricts what may be done, each accepted for a reason. */
export const restricted: Readonly<Record<string, { licence: string; reason: string }>> =
  Object.fromEntries(
    ["composition", "federation-internals", "gateway", "query-graphs", "query-planner"].map(
      (name) => [
        `@apollo/${name}`,
        { licence: "Elastic-2.0", reason: "not to be offered to others as a managed service" },
      ],
    ),
  );

/** Packages that name no licence where it belongs, and what stands in their LICENSE file. */
export const foundLicences: Readonly<Record<string, string>> = { "png-js": "MIT" };
