/** marelle over SOAP 1.1: an operation each, its answer held against its shape. */
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import type { Call } from "../../ports/port.ts";
import { readRecord } from "../../transport/read-record.ts";
import { createSoapClient } from "../../transport/soap.ts";
import { refusing } from "./errors.ts";
import {
  type TrouverSignataires,
  TrouverSignatairesReponse,
  type LireTiers,
  LireTiersReponse,
  type ListerBaux,
  ListerBauxReponse,
  type LireCompte,
  LireCompteReponse,
  type LireAssurance,
  LireAssuranceReponse,
  type LireEnvoi,
  LireEnvoiReponse,
  type ListerDemandes,
  ListerDemandesReponse,
  type ModifierEnvoi,
  ModifierEnvoiReponse,
} from "./wire.ts";

export interface Settings {
  readonly endpoint: string;
  /** For HTTP Basic, where the ERP asks for it. */
  readonly username?: string | undefined;
  /** For HTTP Basic, where the ERP asks for it. */
  readonly password?: string | undefined;
  /** In which the ERP's clocks stand. */
  readonly timeZone: string;
}

/** Operations throw PortError: see `SoapClient`, errors.ts, and BAD_RESPONSE for what does not fit. */
export interface Client {
  readonly timeZone: string;
  /** Les signataires derrière une référence client ; aucun pour une référence inconnue. */
  trouverSignataires(request: TrouverSignataires, call: Call): Promise<TrouverSignatairesReponse>;
  /** Une personne ; erreur INCONNU. */
  lireTiers(request: LireTiers, call: Call): Promise<LireTiersReponse>;
  /** Les baux d'un tiers, terminés ou non ; erreur INCONNU. */
  listerBaux(request: ListerBaux, call: Call): Promise<ListerBauxReponse>;
  /** Le solde d'un bail, arrêté la nuit ; erreur INCONNU. */
  lireCompte(request: LireCompte, call: Call): Promise<LireCompteReponse>;
  /** L'assurance habitation d'un bail ; erreur INCONNU. */
  lireAssurance(request: LireAssurance, call: Call): Promise<LireAssuranceReponse>;
  /** Où partent les avis d'un bail ; erreur INCONNU. */
  lireEnvoi(request: LireEnvoi, call: Call): Promise<LireEnvoiReponse>;
  /** Les demandes d'un bail, la plus ancienne d'abord ; erreur INCONNU. */
  listerDemandes(request: ListerDemandes, call: Call): Promise<ListerDemandesReponse>;
  /** Change où partent les avis ; erreurs INCONNU, INVALIDE (plus de 38 caractères), CLOS (bail terminé). */
  modifierEnvoi(request: ModifierEnvoi, call: Call): Promise<ModifierEnvoiReponse>;
  close(): Promise<void>;
}

const wsdl = fileURLToPath(new URL("./wsdl/Marelle.wsdl", import.meta.url));

export async function createClient(settings: Settings, io: Io): Promise<Client> {
  const { endpoint, timeZone } = settings;
  const soap = await createSoapClient(io, {
    wsdl,
    endpoint,
    version: "1.1",
    headers: basic(settings),
  });
  const ask =
    <T extends z.ZodType>(operation: string, shape: T) =>
    async (request: object, call: Call): Promise<z.infer<T>> => {
      const answer = await soap.call(operation, { ...request }, call).catch(refusing(operation));
      return readRecord(shape, answer, operation);
    };
  return {
    timeZone,
    trouverSignataires: ask("TrouverSignataires", TrouverSignatairesReponse),
    lireTiers: ask("LireTiers", LireTiersReponse),
    listerBaux: ask("ListerBaux", ListerBauxReponse),
    lireCompte: ask("LireCompte", LireCompteReponse),
    lireAssurance: ask("LireAssurance", LireAssuranceReponse),
    lireEnvoi: ask("LireEnvoi", LireEnvoiReponse),
    listerDemandes: ask("ListerDemandes", ListerDemandesReponse),
    modifierEnvoi: ask("ModifierEnvoi", ModifierEnvoiReponse),
    close: () => soap.close(),
  };
}

function basic({ username, password }: Settings): Record<string, string> {
  if (username === undefined || password === undefined) return {};
  const credentials = Buffer.from(`${username}:${password}`).toString("base64");
  return { authorization: `Basic ${credentials}` };
}
