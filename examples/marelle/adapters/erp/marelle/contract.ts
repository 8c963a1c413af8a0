/** Ports of `ports/contract.ts`. */
import {
  billingAddresses,
  contracts,
  insurancePolicies,
  type Contract,
  type Unit,
} from "../../ports/contract.ts";
import { serve, type Served } from "../../ports/port.ts";
import type { Client } from "./client.ts";
import { address, day, dayOrNull, each, orNull } from "./values.ts";
import type { Bail, Local } from "./wire.ts";

export const contractPorts = (client: Client): Served[] => [
  serve(contracts, {
    ofPersons: each(async (key: string, call) => {
      const found = await client.listerBaux({ Numero: key }, call).catch(orNull);
      return (found?.Bail ?? []).map(contract).toSorted(activeFirst);
    }),
  }),
  serve(insurancePolicies, {
    ofContracts: each(async (key: string, call) => {
      const found = await client.lireAssurance({ Bail: key }, call).catch(orNull);
      if (!found?.Assurance) return null;
      const { Assureur, Police, Du, Au } = found.Assurance;
      const valid = { validFrom: day(Du), validTo: day(Au) };
      return { insurer: Assureur, policyNumber: Police, holder: null, ...valid };
    }),
  }),
  serve(billingAddresses, {
    ofContracts: each(async (key: string, call) => {
      const found = await client.lireEnvoi({ Bail: key }, call).catch(orNull);
      if (!found?.Envoi) return null;
      const { Destinataire, Adresse } = found.Envoi;
      return { recipient: Destinataire, address: address(Adresse) };
    }),
  }),
];

const states = { E: "ACTIVE", T: "ENDED", F: "UPCOMING" } as const;
const methods = { PRE: "DIRECT_DEBIT", VIR: "TRANSFER", CHQ: "CHEQUE" } as const;
const kinds = { LOG: "DWELLING", PKG: "PARKING", CAV: "STORAGE" } as const;

const contract = (bail: Bail): Contract => ({
  key: bail.Numero,
  number: bail.Numero,
  kind: "LEASE",
  status: states[bail.Etat],
  startDate: day(bail.Debut),
  endDate: dayOrNull(bail.Fin),
  signatories: bail.Titulaire,
  units: bail.Local.map(unit).toSorted(dwellingFirst),
  paymentMethod: methods[bail.Paiement],
});

const unit = ({ Module, Nature, Type, Adresse }: Local): Unit => ({
  reference: Module,
  kind: kinds[Nature],
  label: Type ?? null,
  address: address(Adresse),
});

const dwellingFirst = (a: Unit, b: Unit): number =>
  Number(b.kind === "DWELLING") - Number(a.kind === "DWELLING");

const activeFirst = (a: Contract, b: Contract): number =>
  Number(b.status === "ACTIVE") - Number(a.status === "ACTIVE") || (a.number < b.number ? -1 : 1);
