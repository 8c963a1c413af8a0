/** PayFiP's books, and what may be asked of them. */
import { randomUUID } from "node:crypto";
import type { BookedPayment } from "../checkout/door.ts";
import { RefusedCall } from "./envelope.ts";

export type Result = "P" | "V" | "R" | "Z" | "A";

export interface Operation {
  readonly idOp: string;
  readonly asked: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  /** When somebody came to the page. */
  openedAt: Date | null;
  result: Result | null;
  decidedAt: Date | null;
}

export interface Books {
  /** Throws RefusedCall for values that PayFiP does not take. */
  create(fields: ReadonlyMap<string, string>): Operation;
  find(idOp: string): Operation | undefined;
  all(): readonly Operation[];
  /** Forgets what nobody paid, refused or cancelled; says how many. */
  purge(): number;
}

const functional = (code: string, label: string) =>
  new RefusedCall("FonctionnelleErreur", code, label);

interface Rule {
  readonly field: string;
  readonly pattern: RegExp;
  readonly code: string;
}

const address = /^https?:\/\/\S{1,242}$/;
const rules: readonly Rule[] = [
  { field: "numcli", pattern: /^\d{6}$/, code: "C1" },
  { field: "exer", pattern: /^20\d\d$/, code: "E1" },
  { field: "refdet", pattern: /^[A-Za-z0-9]{1,30}$/, code: "R3" },
  { field: "objet", pattern: /^[A-Za-z0-9 ]{0,100}$/, code: "O1" },
  { field: "montant", pattern: /^\d{1,11}$/, code: "M1" },
  { field: "mel", pattern: /^(?=.{6,80}$)[^@\s]+@[^@\s]+\.[^@\s]+$/, code: "A2" },
  { field: "saisie", pattern: /^[TXW]$/, code: "S1" },
  { field: "urlnotif", pattern: address, code: "U1" },
  { field: "urlredirect", pattern: address, code: "U2" },
];

/** `clientNumbers`: the régies that PayFiP knows. */
export function createBooks(now: () => Date, clientNumbers: readonly string[]): Books {
  const operations = new Map<string, Operation>();
  return {
    create: (fields) => {
      const asked = Object.fromEntries(fields);
      refuse(asked, clientNumbers);
      const idOp = randomUUID();
      const decided = { openedAt: null, result: null, decidedAt: null };
      const operation = { idOp, asked, createdAt: now(), ...decided };
      operations.set(idOp, operation);
      return operation;
    },
    find: (idOp) => operations.get(idOp),
    all: () => [...operations.values()],
    purge: () => {
      const forgotten = [...operations.values()].filter(({ result }) => result === null);
      for (const { idOp } of forgotten) operations.delete(idOp);
      return forgotten.length;
    },
  };
}

function refuse(asked: Readonly<Record<string, string>>, clientNumbers: readonly string[]): void {
  const broken = rules.find(({ field, pattern }) => !pattern.test(asked[field] ?? ""));
  if (broken) {
    throw functional(
      broken.code,
      `Le format du paramètre ${broken.field.toUpperCase()} n'est pas conforme`,
    );
  }
  const cents = Number(asked["montant"]);
  if (cents < 100 || cents > 10_000_000) throw functional("M2", "Montant hors limites");
  if (!clientNumbers.includes(asked["numcli"]!)) throw functional("C2", "Client inconnu");
}

const states: Record<Result, string> = {
  P: "payé par carte",
  V: "payé par prélèvement",
  R: "carte refusée",
  Z: "prélèvement refusé",
  A: "abandonné",
};

export function booked({ idOp, asked, result, openedAt }: Operation): BookedPayment {
  const paid = result === "P" || result === "V";
  return {
    id: idOp,
    reference: asked["refdet"]!,
    cents: Number(asked["montant"]),
    state: result ? states[result] : openedAt ? "page ouverte" : "créé",
    paid,
    transaction: paid ? idOp : null,
  };
}

/** What `recupererDetailPaiementSecurise` answers. Throws RefusedCall with P1 or P5. */
export function detailOf(operation: Operation | undefined, timeZone: string) {
  if (!operation) throw functional("P1", "IdOp incorrect");
  const { idOp, asked, result, decidedAt } = operation;
  if (!result || !decidedAt) throw functional("P5", "Résultat de la transaction non connu");
  const parts = new Intl.DateTimeFormat("fr-FR", {
    timeZone,
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(decidedAt);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  const { urlnotif: _notify, urlredirect: _return, ...rest } = asked;
  return {
    ...rest,
    idOp,
    resultrans: result,
    dattrans: part("day") + part("month") + part("year"),
    heurtrans: part("hour") + part("minute"),
    numauto: result === "P" || result === "V" ? `${idOp.slice(0, 8)}-tip` : undefined,
  };
}
