/** Where Habilog describes its own interface, and which port calls what of it. */
import type { Description } from "../../ports/adapter.ts";
import type { Settings } from "./client.ts";

export const description: Description<Settings> = {
  kind: "wsdl",
  file: new URL("./wsdl/PortailLocataire.wsdl", import.meta.url),
  live: ({ endpoint }) => ({ url: `${endpoint}?wsdl`, headers: {} }),
  uses: {
    RechercherLocataire: ["registrations"],
    LireLocataire: ["persons"],
    ListerContrats: ["contracts"],
    LireAssurance: ["insurancePolicies"],
    LireFacturation: ["billingAddresses"],
    ListerInterlocuteurs: ["buildingContacts"],
    ListerOccupants: ["occupants"],
    LireSolde: ["balances"],
    ListerEcritures: ["accountEntries"],
    ListerReglements: ["payments"],
    LirePrelevement: ["directDebits"],
    LireRib: ["bankAccounts"],
    LireEcheancier: ["paymentPlans"],
    ListerAvis: ["rentNotices"],
    LireDocument: ["documentContents"],
    ModifierLocataire: ["personChanges"],
    EnregistrerOccupant: ["occupantChanges"],
    ModifierFacturation: ["billingAddressChanges"],
    EnregistrerAssurance: ["insuranceRenewals"],
    ModifierRib: ["bankAccountChanges"],
    DemanderPrelevement: ["directDebitChanges"],
    EnregistrerReglement: ["cardPayments"],
    SuivreDemande: [
      "bankAccountChanges",
      "billingAddressChanges",
      "directDebitChanges",
      "insuranceRenewals",
      "occupantChanges",
      "personChanges",
    ],
    RechercherReglement: ["cardPayments"],
  },
};
