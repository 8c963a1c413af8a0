const base = "http://pavois.example/portail/v3";

export const namespaces = {
  com: `${base}/commun`,
  loc: `${base}/locataire`,
  ctr: `${base}/contrat`,
  cpt: `${base}/compte`,
  doc: `${base}/documents`,
  dem: `${base}/demandes`,
  enq: `${base}/enquetes`,
  mod: `${base}/modifications`,
} as const;
export type Prefix = keyof typeof namespaces;

export const soap12 = "http://www.w3.org/2003/05/soap-envelope";
export const xsi = "http://www.w3.org/2001/XMLSchema-instance";
const oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";
export const wsse = `${oasis}-wssecurity-secext-1.0.xsd`;
export const wsu = `${oasis}-wssecurity-utility-1.0.xsd`;
export const passwordDigest = `${oasis}-username-token-profile-1.0#PasswordDigest`;
