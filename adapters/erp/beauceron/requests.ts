import { serve, type Served } from "../../ports/port.ts";
import { residenceRequests, serviceRequests, type RequestPage } from "../../ports/requests.ts";
import { at, type Client } from "./client.ts";
import { residenceRequest, serviceRequest } from "./map.ts";
import { pagesOf, pagesWith, thingsOf } from "./pages.ts";
import { Demande, DemandeResidence, names } from "./wire.ts";

const states = { OPEN: "OUVERTES", CLOSED: "CLOSES", ALL: "TOUTES" } as const;

export const requestPorts = (client: Client): Served[] => [
  serve(serviceRequests, {
    ofContracts: pagesOf<Demande, ReturnType<typeof serviceRequest>, RequestPage>(client, {
      pathOf: (key) => at`/v2/contrats/${key}/demandes`,
      queryOf: ({ state }) => ({ etat: states[state] }),
      shape: Demande,
      keyOf: ({ cle }) => cle,
      map: serviceRequest,
    }),
    byKeys: thingsOf(client, {
      name: names.request,
      pathOf: (key) => at`/v2/demandes/${key}`,
      shape: Demande,
      map: serviceRequest,
    }),
  }),
  serve(residenceRequests, {
    ofContracts: pagesWith(
      client,
      {
        pathOf: (key) => at`/v2/contrats/${key}/residence/demandes`,
        queryOf: () => ({ etat: states.OPEN }),
        shape: DemandeResidence,
        keyOf: ({ cle }) => cle,
        map: residenceRequest,
      },
      ({ etat }) => etat !== "TERMINEE" && etat !== "ANNULEE",
    ),
  }),
];
