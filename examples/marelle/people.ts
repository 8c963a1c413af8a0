/** Whom Marelle knows: invented people and their leases, in the words of its schemas. */

/** Fields in the order of the schema; undefined ones are left out. */
export interface Fields {
  readonly [name: string]: string | undefined | Fields | readonly string[] | readonly Fields[];
}

export interface Person {
  /** On the rent notice: what people register with. */
  readonly reference: string;
  readonly fields: Fields;
}

export interface Lease {
  readonly number: string;
  /** Numbers of people. */
  readonly tenants: readonly string[];
  readonly ended: boolean;
  readonly fields: Fields;
  readonly account: Fields;
  readonly insurance?: Fields;
  sending: Fields;
  readonly requests: readonly Fields[];
}

const address = (line: string): Fields => ({ Ligne: line, CodePostal: "63999", Ville: "Valmorin" });

export const people: readonly Person[] = [
  {
    reference: "401183",
    fields: {
      Numero: "000412",
      Civilite: "MME",
      Nom: "Kerbrat",
      NomNaissance: "L'Hœuret",
      Prenom: "Solène",
      NeLe: "29/02/1984",
      Courriel: "solene.kerbrat@example.org",
      Telephone: ["06 39 98 41 20", "poste 12"],
      Adresse: address("4, rue des Tanneurs"),
    },
  },
  {
    reference: "401290",
    fields: {
      Numero: "000518",
      Civilite: "M",
      Nom: "Ouazzani",
      Prenom: "Mehdi",
      NeLe: "31/03/1979",
      Courriel: "mehdi.ouazzani@example.org",
      Adresse: address("11 bis, quai de la Sioule"),
    },
  },
  {
    reference: "401290",
    fields: {
      Numero: "000519",
      Civilite: "MME",
      Nom: "Brûlé-Ouazzani",
      Prenom: "Clémence",
      NeLe: "05/11/1981",
      Telephone: ["04 65 71 02 88"],
      Adresse: address("11 bis, quai de la Sioule"),
    },
  },
  {
    reference: "402077",
    fields: {
      Numero: "000733",
      Nom: "d'Arvor",
      Prenom: "Yvon",
      Adresse: address("2, place du Marché"),
    },
  },
];

/** Accounts are closed each night at ten past eleven. */
const yesterday = new Date(Date.now() - 24 * 3_600_000);
const lastNight = `${yesterday.toLocaleDateString("fr-FR", { timeZone: "Europe/Paris" })} 23:10`;

const leases: readonly Lease[] = [
  {
    number: "2012/0009",
    tenants: ["000412"],
    ended: true,
    fields: {
      Numero: "2012/0009",
      Etat: "T",
      Debut: "15/03/2012",
      Fin: "31/08/2019",
      Titulaire: ["MME KERBRAT SOLENE"],
      Local: [
        { Module: "V-0007", Nature: "LOG", Type: "T2", Adresse: address("9, impasse du Four") },
      ],
      Paiement: "CHQ",
    },
    account: { Solde: "0,00", Sens: "C", Retard: "0", Arrete: lastNight },
    sending: { Destinataire: "Mme Kerbrat", Adresse: address("4, rue des Tanneurs") },
    requests: [],
  },
  {
    number: "2019/0077",
    tenants: ["000412"],
    ended: false,
    fields: {
      Numero: "2019/0077",
      Etat: "E",
      Debut: "01/09/2019",
      Titulaire: ["MME KERBRAT SOLENE"],
      // By the number of the module: the parking comes first.
      Local: [
        { Module: "P-0031", Nature: "PKG", Adresse: address("6, rue des Tanneurs") },
        { Module: "V-0118", Nature: "LOG", Type: "T3", Adresse: address("4, rue des Tanneurs") },
      ],
      Paiement: "PRE",
    },
    account: { Solde: "1 234,56", Sens: "D", Retard: "1", Arrete: lastNight },
    insurance: {
      Assureur: "Mutuelle du Val",
      Police: "MV-88-1207",
      Du: "01/09/2024",
      Au: "31/08/2025",
    },
    sending: { Destinataire: "Mme Kerbrat", Adresse: address("4, rue des Tanneurs") },
    requests: [
      {
        Numero: "D-3301",
        Nature: "T",
        Lieu: "Cuisine",
        Motif: "Fuite",
        Etape: [
          { Le: "14/07/2024 08:05", Etat: "REC" },
          { Le: "20/07/2024 17:30", Etat: "FIN" },
        ],
      },
      {
        Numero: "D-3390",
        Nature: "T",
        Lieu: "Séjour",
        Motif: "Chauffage",
        Texte: "Le radiateur reste froid.\nIl a été purgé.",
        Etape: [
          { Le: "03/11/2024 19:42", Etat: "REC" },
          { Le: "05/11/2024 09:00", Etat: "RDV" },
        ],
      },
    ],
  },
  {
    number: "2021/0140",
    tenants: ["000518", "000519"],
    ended: false,
    fields: {
      Numero: "2021/0140",
      Etat: "E",
      Debut: "01/06/2021",
      Titulaire: ["M OUAZZANI MEHDI", "MME BRULE-OUAZZANI CLEMENCE"],
      Local: [
        {
          Module: "V-0204",
          Nature: "LOG",
          Type: "T4",
          Adresse: address("11 bis, quai de la Sioule"),
        },
      ],
      Paiement: "VIR",
    },
    account: { Solde: "12,50", Sens: "C", Retard: "0", Arrete: lastNight },
    sending: { Destinataire: "M. et Mme Ouazzani", Adresse: address("11 bis, quai de la Sioule") },
    requests: [
      {
        Numero: "D-3377",
        Nature: "A",
        Motif: "Copie du bail",
        Etape: [{ Le: "02/10/2024 10:15", Etat: "COU" }],
      },
      {
        Numero: "D-3381",
        Nature: "T",
        Lieu: "Cave",
        Motif: "Serrure",
        Etape: [{ Le: "12/11/2024 07:01", Etat: "REC" }],
      },
    ],
  },
  {
    number: "2023/0015",
    tenants: ["000733"],
    ended: false,
    fields: {
      Numero: "2023/0015",
      Etat: "E",
      Debut: "01/02/2023",
      Titulaire: ["M D'ARVOR YVON"],
      Local: [
        { Module: "V-0333", Nature: "LOG", Type: "T1", Adresse: address("2, place du Marché") },
      ],
      Paiement: "PRE",
    },
    account: { Solde: "430,07", Sens: "D", Retard: "0", Arrete: lastNight },
    sending: { Destinataire: "M. d'Arvor", Adresse: address("2, place du Marché") },
    requests: [],
  },
];

/** New at each start: the one thing that can be changed is where notices are sent. */
export const newLeases = (): Lease[] => leases.map((lease) => ({ ...lease }));
