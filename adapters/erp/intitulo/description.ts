/** Where Intitulo describes its own interface, and which port calls what of it. */
import type { Description } from "../../ports/adapter.ts";
import type { Settings } from "./client.ts";

export const description: Description<Settings> = {
  kind: "wsdl",
  file: new URL("./wsdl/serveur_portail.wsdl", import.meta.url),
  live: ({ endpoint }) => ({ url: `${endpoint}?wsdl`, headers: {} }),
  uses: {
    rechercherIntitule: ["registrations"],
    lireTiers: ["contracts", "personChanges", "persons"],
    listerContrats: ["contracts", "payments"],
    listerInterlocuteurs: ["buildingContacts"],
    lireSolde: ["balances"],
    listerEcritures: ["accountEntries"],
    listerReglements: ["cardPayments", "payments"],
    listerAvis: ["rentNotices"],
    lireAvis: ["documentContents", "rentNotices"],
    lireDocument: ["documentContents"],
    modifierTiers: ["personChanges"],
    enregistrerReglement: ["cardPayments"],
  },
};
