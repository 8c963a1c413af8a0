/** What a request may be about, and new requests with their photos, under our reference. */
import type { Changes, Outcome } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import {
  requestCatalogues,
  serviceRequestCreations,
  type RequestCatalogue,
  type ServiceRequestCreation,
} from "../../ports/request-changes.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { byReference, unclear } from "./by-reference.ts";
import { at, type Client } from "./client.ts";
import { fitsFile, fitsText, lengths } from "./fits.ts";
import { formOf } from "./form.ts";
import { absent, ofContract, type Asked } from "./of-contract.ts";
import { names } from "./wire.ts";
import { CatalogueDemandes, DemandeRecue } from "./wire-changes.ts";
import { applied, believed, refusedAs, rejected } from "./write.ts";

export const requestChangePorts = (client: Client): Served[] => [
  serve(requestCatalogues, {
    ofContracts: (keys, call) =>
      eachOnce(
        keys,
        (key) => key,
        (key) => catalogueOf(client, key, call),
      ),
  }),
  serve<Changes<ServiceRequestCreation>>(
    serviceRequestCreations,
    ofContract({
      repeat: "KEY",
      fits: ({ reasonKey, placeKey, description, photos }) =>
        names.reason.test(reasonKey) &&
        (placeKey === null || names.place.test(placeKey)) &&
        fitsText(description, lengths.description) &&
        photos.every(fitsFile),
      submit: (change, call) => create(client, change, call),
      lookUp: async (change, call) => {
        const found = await createdAs(client, change, call);
        return found === null ? absent : applied(found);
      },
    }),
  ),
];

async function catalogueOf(client: Client, key: string, call: Call): Promise<RequestCatalogue> {
  const path = at`/v2/contrats/${key}/catalogue-demandes`;
  const found = names.contract.test(key) ? await client.one(path, CatalogueDemandes, call) : null;
  if (!found) throw new PortError("NOT_FOUND", "beauceron: no such contract");
  return {
    places: found.lieux.map(({ code, libelle }) => ({ key: code, label: libelle })),
    reasons: found.motifs.map(({ code, libelle, categorie, lieu_obligatoire }) => ({
      key: code,
      label: libelle,
      category: categorie === "TECHNIQUE" ? "TECHNICAL" : "ADMINISTRATIVE",
      placeNeeded: lieu_obligatoire,
    })),
  };
}

async function create(
  client: Client,
  change: Asked<ServiceRequestCreation>,
  call: Call,
): Promise<Outcome> {
  const { contractKey, personKey, payload, open } = change;
  if (!names.person.test(personKey)) return rejected("UNKNOWN_THING");
  const value = sentFor(change);
  const form = { name: "demande", value, fileName: "photos", files: payload.photos };
  const path = at`/v2/contrats/${contractKey}/demandes`;
  const body = await formOf(form, open);
  const written = await client.write(
    { method: "POST", path, body, status: 201, shape: DemandeRecue },
    call,
  );
  if ("done" in written) {
    const { done } = written;
    const { reference, contrat, cle } = done;
    return believed(done, reference === value.reference && contrat === contractKey, cle);
  }
  if (written.refused !== "REFERENCE_CONNUE") return refusedAs(written.refused);
  const known = await createdAs(client, change, call);
  if (known === null) throw unclear("has nothing");
  return applied(known);
}

const sentFor = ({ operationId, personKey, payload }: Asked<ServiceRequestCreation>) => ({
  reference: operationId,
  locataire: personKey,
  motif: payload.reasonKey,
  lieu: payload.placeKey,
  description: payload.description,
  disponibilites: payload.availabilities.map(({ day, from, to }) => ({
    jour: day,
    de: from,
    a: to,
  })),
  telephone: payload.contactPhone,
});

/** The key of the request; null when beauceron certainly has none. */
async function createdAs(client: Client, change: Asked<ServiceRequestCreation>, call: Call) {
  const list = { path: "/v2/demandes", shape: DemandeRecue };
  return (await byReference(client, list, change, call))?.cle ?? null;
}
