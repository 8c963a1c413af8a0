/** What an element of a message may hold, as the XSDs say, once more by hand. */
import type { Prefix } from "./namespaces.ts";

/** Whether a text fits. */
export type Form = Pick<RegExp, "test">;

export interface Field {
  name: string;
  /** How many times it may stand there. */
  min: number;
  max: number;
  content: Form | Group;
}

/** Elements inside an element, in order, in a namespace of their own. */
export interface Group {
  prefix: Prefix;
  fields: readonly Field[];
}

export const one = (name: string, content: Field["content"]): Field => ({
  name,
  content,
  min: 1,
  max: 1,
});
export const maybe = (name: string, content: Field["content"]): Field => ({
  ...one(name, content),
  min: 0,
});
export const many = (name: string, content: Field["content"], max = 20): Field => ({
  ...one(name, content),
  max,
});
export const upTo = (max: number, name: string, content: Field["content"]): Field => ({
  ...one(name, content),
  min: 0,
  max,
});

export const tiers = /^T\d{7}$/;
export const contract = /^L\/\d{7}$/;
export const reference = /^[A-Za-z0-9-]{1,40}$/;
export const oneOf = (...values: string[]): Form => ({ test: (text) => values.includes(text) });
/** Characters as XML counts them, not halves of them. */
export const text = (max: number): Form => new RegExp(`^[^]{1,${max}}$`, "u");
export const phone = /^\+?\d[\d ]{4,22}$/;
export const email: Form = {
  test: (value) => /^[^@\s]+@[^@\s]+$/.test(value) && /^.{1,100}$/su.test(value),
};
export const amount = /^\d{1,12}(\.\d{1,2})?$/;

export const day: Form = {
  test: (value) => /^[12]\d{3}-\d\d-\d\d$/.test(value) && dayExists(value),
};
/** On the clock of the wall, to the second. */
export const wallTime: Form = {
  test: (value) => /T([01]\d|2[0-3])(:[0-5]\d){2}$/.test(value) && day.test(value.slice(0, -9)),
};

function dayExists(value: string): boolean {
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

const base64: Form = {
  test: (value) => {
    const packed = value.replace(/\s+/g, "");
    return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
  },
};

export const file: Group = {
  prefix: "com",
  fields: [
    one("NomFichier", text(200)),
    one("TypeMime", oneOf("application/pdf", "image/jpeg", "image/png", "image/heic")),
    one("Contenu", base64),
  ],
};

export const address: Group = {
  prefix: "com",
  fields: [
    one("Ligne1", text(38)),
    maybe("Ligne2", text(38)),
    maybe("Ligne3", text(38)),
    one("CodePostal", /^[0-9A-Z][0-9A-Z -]{1,9}$/),
    one("Ville", text(32)),
    maybe("CodePays", /^[A-Z]{2}$/),
  ],
};

export const period: Group = { prefix: "com", fields: [one("Debut", day), one("Fin", day)] };
