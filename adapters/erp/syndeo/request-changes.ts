/**
 * What a request may be about, and new requests. Photos go into syndeo's depot first, where they
 * are nothing yet; the request that names them is the one step that changes something.
 */
import { z } from "zod";
import type { Changes, FileRef, Outcome, Submission } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import {
  requestCatalogues,
  serviceRequestCreations,
  type RequestCatalogue,
  type ServiceRequestCreation,
} from "../../ports/request-changes.ts";
import { Text } from "../../ports/values.ts";
import { collect } from "../../transport/collect.ts";
import { neverSent } from "./answer.ts";
import { absent, applied, asHolder, fits, ofContract, refusedBy, rejected } from "./asking.ts";
import { at, type Client } from "./client.ts";
import { ofContracts } from "./lists.ts";
import * as owned from "./owned.ts";
import { Contrat, Intervention, names } from "./wire.ts";

const Motifs = z.object({
  Contrat,
  Lieux: z.array(z.object({ Code: Text, Libelle: Text })),
  Motifs: z
    .array(
      z.object({
        Code: Text,
        Libelle: Text,
        Categorie: z.enum(["TECHNIQUE", "ADMINISTRATIVE"]),
        LieuExige: z.boolean(),
      }),
    )
    .min(1),
});
const Depot = z.object({ Jeton: z.string().regex(/^[0-9a-f]{32}$/) });

export const requestChangePorts = (client: Client): Served[] => [
  serve(requestCatalogues, {
    ofContracts: async (keys, call) => {
      const read = ofContracts(null, (key, inner) => catalogueOf(client, key, inner));
      const found = await read(keys, call);
      return found.map((catalogue) => {
        if (catalogue) return catalogue;
        throw new PortError("NOT_FOUND", "syndeo knows no such contract, so no reasons either");
      });
    },
  }),
  serve(serviceRequestCreations, creations(client)),
];

async function catalogueOf(
  client: Client,
  key: string,
  call: Call,
): Promise<RequestCatalogue | null> {
  const asked = { path: at`/Api/Contrats/${key}/Motifs`, shape: Motifs };
  const found = await owned.oneOf(client, owned.contract(key), asked, call);
  return (
    found && {
      places: found.data.Lieux.map(({ Code, Libelle }) => ({ key: Code, label: Libelle })),
      reasons: found.data.Motifs.map(({ Code, Libelle, Categorie, LieuExige }) => ({
        key: Code,
        label: Libelle,
        category: Categorie === "TECHNIQUE" ? "TECHNICAL" : "ADMINISTRATIVE",
        placeNeeded: LieuExige,
      })),
    }
  );
}

type Creation = Submission<ServiceRequestCreation>;

const creations = (client: Client): Changes<ServiceRequestCreation> => ({
  repeat: "KEY",
  submit: async (change, call) => {
    if (!isTakeable(change.payload)) return rejected("INVALID");
    return asHolder(client, change, call, async (contract, signed) => {
      const create = async (): Promise<string | Outcome> => {
        const tokens = await deposit(client, change, call).catch(neverSent);
        if (tokens === null) return rejected("INVALID");
        const path = at`/Api/Contrats/${contract}/Interventions`;
        const body = { ...signed, ...demande(change.payload), Fichiers: tokens };
        const told = await client.write(
          { path, body, shape: ofContract(Intervention, contract) },
          call,
        );
        return "refusal" in told ? told.refusal : applied(told.data.Id);
      };
      const first = await create();
      // The depot has lost a file, which happens when syndeo is started anew in between.
      const made = first === "DEPOT" ? await create() : first;
      if (typeof made !== "string") return made;
      if (made === "DEPOT") throw notKept();
      const known = made === "DOUBLON" && (await keyOf(client, contract, signed, call));
      return known ? applied(known) : refusedBy(made);
    });
  },
  lookUp: async ({ contractKey, operationId }, call) => {
    if (contractKey === null || !names.contract.test(contractKey)) return absent;
    const made = await keyOf(client, contractKey, { Reference: operationId }, call);
    return made === null ? absent : applied(made);
  },
});

const notKept = () =>
  new PortError("UNAVAILABLE", "syndeo does not keep the files of a request", { notApplied: true });

/** What the depot calls each photo; null when it refuses one. The same photo may come again. */
async function deposit(client: Client, change: Creation, call: Call): Promise<string[] | null> {
  const { operationId, payload } = change;
  const tokens: string[] = [];
  for (const [i, photo] of payload.photos.entries()) {
    const bytes = await bytesOf(change, photo);
    const body = {
      Reference: `${operationId}-${i + 1}`,
      Nom: photo.fileName,
      TypeMime: photo.mediaType,
      Contenu: Buffer.from(bytes).toString("base64"),
    };
    const told = await client.write({ path: "/Api/Depot", body, shape: Depot }, call);
    if ("refusal" in told) return null;
    tokens.push(told.data.Jeton);
  }
  return tokens;
}

async function bytesOf(change: Creation, photo: FileRef): Promise<Uint8Array> {
  try {
    return await collect(change.open(photo), mostBytes);
  } catch (cause) {
    throw new PortError("INTERNAL", "a photo that we keep cannot be read", { cause });
  }
}

const mostBytes = 10_000_000;
const pictures = new Set<FileRef["mediaType"]>(["image/jpeg", "image/png", "image/heic"]);

function isTakeable({ reasonKey, placeKey, ...asked }: ServiceRequestCreation): boolean {
  const { description, availabilities, photos } = asked;
  return (
    /^MOT-[A-Z]{2,10}$/.test(reasonKey) &&
    (placeKey === null || /^LIE-[A-Z]{2,10}$/.test(placeKey)) &&
    // Lines and tabs may be; nothing else without a shape.
    fits(description.replace(/[\t\r\n]/g, " "), 4000) &&
    availabilities.every(({ from, to }) => from < to) &&
    photos.every(({ mediaType, sizeBytes, fileName }) => {
      return pictures.has(mediaType) && sizeBytes <= mostBytes && fits(fileName, 200);
    })
  );
}

const demande = (asked: ServiceRequestCreation) => ({
  Motif: asked.reasonKey,
  Lieu: asked.placeKey,
  Description: asked.description,
  Disponibilites: asked.availabilities.map(({ day, from, to }) => ({ Jour: day, De: from, A: to })),
  Telephone: asked.contactPhone,
});

/** Under which key the request stands; null where there is none. */
async function keyOf(
  client: Client,
  contract: string,
  { Reference }: { Reference: string },
  call: Call,
): Promise<string | null> {
  const asked = { path: at`/Api/Contrats/${contract}/Interventions`, shape: Intervention };
  const { data } = await owned.listOf(client, owned.contract(contract), asked, call);
  return data.find((one) => one.Reference === Reference)?.Id ?? null;
}
