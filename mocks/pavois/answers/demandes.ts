import type { WorldContract, WorldRequest } from "../../world/types.ts";
import { box, el, wallClock } from "../format.ts";
import { keyOfContract, keyOfRequest } from "../keys.ts";
import { places, reasons } from "../subjects.ts";
import { contractsAsked, pageOf, type Answer } from "./answer.ts";

const states = {
  RECEIVED: "RECUE",
  IN_PROGRESS: "EN_COURS",
  SCHEDULED: "PLANIFIEE",
  WAITING_FOR_TENANT: "ATTENTE_LOCATAIRE",
  DONE: "TERMINEE",
  CANCELLED: "ANNULEE",
};

const statusOf = (request: WorldRequest) => request.updates.at(-1)!.status;
const isClosed = (request: WorldRequest) => ["DONE", "CANCELLED"].includes(statusOf(request));

export const listRequests: Answer = (asked, directory) => ({
  xml: contractsAsked(asked, directory)
    .map((contract) => {
      const all = selected(contract.requests, asked.values.Selection?.[0] ?? "TOUTES");
      return box(
        "dem:Lot",
        el("dem:NumeroContrat", keyOfContract(contract)),
        el("dem:NombreTotal", String(all.length)),
        ...pageOf(all, asked).map((request) => requestXml(contract, request)),
      );
    })
    .join(""),
});

function selected(requests: WorldRequest[], selection: string): WorldRequest[] {
  if (selection === "TOUTES") return requests;
  return requests.filter((request) => isClosed(request) === (selection === "CLOSES"));
}

/** Whoever asks gets it, as with documents. */
export const readRequests: Answer = ({ values }, directory) => ({
  xml: [...new Set(values.NumeroDemande)]
    .flatMap((key) => directory.thing(key, (contract) => contract.requests) ?? [])
    .map(({ contract, thing }) => requestXml(contract, thing))
    .join(""),
});

/** The same for every contract. */
export const readSubjects: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .map((contract) =>
      box(
        "dem:Referentiel",
        el("dem:NumeroContrat", keyOfContract(contract)),
        ...places.map(({ code, label }) =>
          box("dem:Lieu", el("dem:Code", code), el("dem:Libelle", label)),
        ),
        ...reasons.map(({ code, label, nature, placeNeeded }) =>
          box(
            "dem:Motif",
            el("dem:Code", code),
            el("dem:Libelle", label),
            el("dem:Nature", nature),
            el("dem:LieuObligatoire", placeNeeded ? "1" : "0"),
          ),
        ),
      ),
    )
    .join(""),
});

function requestXml(contract: WorldContract, request: WorldRequest): string {
  return box(
    "dem:Demande",
    el("dem:NumeroDemande", keyOfRequest(request)),
    el("dem:NumeroContrat", keyOfContract(contract)),
    el("dem:Nature", request.category === "TECHNICAL" ? "TECHNIQUE" : "ADMINISTRATIVE"),
    el("dem:Lieu", request.place),
    el("dem:Motif", request.reason),
    el("dem:Description", request.description),
    el("dem:CreeLe", wallClock(request.createdAt)),
    el("dem:Etat", states[statusOf(request)]),
    // Newest first, unlike what a reader expects.
    ...request.updates
      .toReversed()
      .map((update) =>
        box(
          "dem:Avancement",
          el("dem:Le", wallClock(update.at)),
          el("dem:Etat", states[update.status]),
          el("dem:Commentaire", update.comment),
        ),
      ),
  );
}
