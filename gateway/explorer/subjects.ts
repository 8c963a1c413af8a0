/** The saved operations as a list to choose from: by subject, each with what it is for. */
import type { ExplorerConfig } from "./config.ts";

type Operation = ExplorerConfig["operations"][number];

/** An operation as it stands in the list. */
export interface Listed extends Operation {
  readonly kind: string;
  /** The comment at its head, as one line; empty where there is none. */
  readonly about: string;
}

export interface Subject {
  readonly title: { readonly fr: string; readonly en: string };
  readonly operations: readonly Listed[];
}

const others = { fr: "Autres", en: "Others" };

/** By how the names begin; the first that fits. */
const subjects = [
  {
    title: { fr: "Le bailleur et son aide", en: "The landlord and its help" },
    of: /^(B01|F19|F2[01])-/,
  },
  { title: { fr: "Inscription", en: "Registration" }, of: /^F0[1-57]-/ },
  {
    title: { fr: "Connexion et compte", en: "Signing in, the account" },
    of: /^((F0[689]|F1[01])-|B10-(?!support))/,
  },
  {
    title: { fr: "Assistance : les agents du bailleur", en: "Support: the landlord's own people" },
    of: /^B(?:02|07|09)-|-support-/,
  },
  { title: { fr: "Accueil et contrats", en: "Home and contracts" }, of: /^(F1[23567]|F22)-/ },
  {
    title: { fr: "Informations personnelles, modifications", en: "Personal data, changes" },
    of: /^F1[48]-/,
  },
  { title: { fr: "Solde et paiements", en: "Balance and payments" }, of: /^F2[3-9]-/ },
  { title: { fr: "Documents et fichiers", en: "Documents and files" }, of: /^F3[0-6]-/ },
  { title: { fr: "Demandes et enquêtes", en: "Requests and surveys" }, of: /^(F3[789]|F40)-/ },
  { title: others, of: /^/ },
];

/** Those that hold every word of `search` in their name, comment or text; no subject is empty. */
export function bySubject(operations: readonly Operation[], search = ""): Subject[] {
  const words = search.toLowerCase().split(/\s+/);
  const listed = operations
    .filter(({ name, text }) => {
      const all = `${name}\n${text}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .map((operation) => ({ ...operation, ...headOf(operation.text) }));
  return subjects
    .map(({ title, of }) => ({
      title,
      operations: listed.filter(({ name }) => subjects.find((one) => one.of.test(name))?.of === of),
    }))
    .filter((subject) => subject.operations.length > 0);
}

function headOf(text: string): Pick<Listed, "kind" | "about"> {
  const comment = /^(?:#.*\n)*/.exec(text)?.[0] ?? "";
  return {
    kind: /^\s*(query|mutation|subscription)\b/m.exec(text)?.[1] ?? "query",
    about: comment.replace(/^#\s?/gm, "").trim().replace(/\s+/g, " "),
  };
}
