/** syndeo's habits on the wire: a status inside a 200, and errors that tell too much. */
import type { MockAnswer } from "../kit/product.ts";

type Refusal =
  | "SESSION"
  | "IDENTIFIANTS"
  | "ACCES"
  | "INCONNU"
  | "VALEUR"
  | "BASE"
  | "DOUBLON"
  | "CLOTURE"
  | "REGLE"
  | "DEPOT";

const noise =
  "à Syndeo.Dal.Requete.Executer() dans D:\\builds\\syndeo\\Dal\\Requete.cs:ligne 118 " +
  "[SELECT * FROM syn_prod.tiers WHERE mdp=? ; 10.4.0.31:3306]";

export const published = (data: unknown, publishedAt: string): MockAnswer =>
  json(200, { Status: "OK", PublieLe: publishedAt, Donnees: data });

export const refused = (code: Refusal, message: string, status = 200): MockAnswer =>
  json(status, { Status: "KO", Code: code, Message: `${message} ${noise}` });

export const lapsed = () => refused("SESSION", "Session expirée ou inconnue");
export const unknown = () => refused("INCONNU", "Aucun enregistrement");
export const wrongValue = (message: string) => refused("VALEUR", message, 500);

export const deadlock = () =>
  refused("BASE", "Deadlock found when trying to get lock; try restarting transaction", 400);

function json(status: number, data: unknown): MockAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(data),
  };
}

export function page(status: number, title: string): MockAnswer {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html><title>${title}</title><h1>${title}</h1>`,
  };
}
