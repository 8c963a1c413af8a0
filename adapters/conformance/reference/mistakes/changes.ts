/** What a port of changes can do wrong, by the end of the check's id. */
import { PortError } from "../../../ports/errors.ts";
import type { Changes } from "../../../ports/changes.ts";
import type { Served } from "../../../ports/port.ts";
import type { Mistake } from "../index.ts";

type Any = Changes<unknown>;
type OfPort = (port: string) => Mistake;

const changing =
  (change: (right: Any) => Partial<Any>): OfPort =>
  (port) => ({
    serves: (ports: Served[]) =>
      ports.map((one) => {
        if (one.port.name !== port) return one;
        const right = one.implementation as Any;
        return { ...one, implementation: { ...right, ...change(right) } };
      }),
  });

const applied = { state: "APPLIED", reference: null } as const;
const nothing = { state: "ABSENT" } as const;

/** Says that it was done, and does nothing. */
const pretends = changing(() => ({ submit: async () => applied }));
/** Knows of nothing that was sent. */
const forgets = changing(() => ({ lookUp: async () => nothing }));

/** What a tenant wrote, in another spelling. */
const rewrites = (rewrite: (text: string) => string): OfPort =>
  changing((right) => ({
    submit: (change, call) => {
      const payload = change.payload as { description: string };
      const description = rewrite(payload.description);
      return right.submit({ ...change, payload: { ...payload, description } }, call);
    },
  }));

export const changeMistakes: Readonly<Record<string, OfPort>> = {
  repeat: changing(() => ({ repeat: "SOMETIMES" as "NONE" })),
  absent: changing(() => ({ lookUp: async () => applied })),
  applies: changing(() => ({ submit: async () => ({ state: "REJECTED", reason: "OTHER" }) })),
  found: forgets,
  "read-back": pretends,
  second: changing((right) => {
    const sent = new Set<string>();
    return {
      lookUp: async () => nothing,
      submit: async (change, call) => {
        if (sent.has(change.operationId)) throw new PortError("INTERNAL", "sent already");
        sent.add(change.operationId);
        return right.submit(change, call);
      },
    };
  }),
  nobody: pretends,
  "answer-lost": changing((right) => ({
    // It sends again by itself, under another id.
    submit: (change, call) =>
      right
        .submit(change, call)
        .catch(() => right.submit({ ...change, operationId: `${change.operationId}2` }, call)),
  })),
  "page-instead": changing((right) => ({
    submit: (change, call) => right.submit(change, call).catch(() => applied),
  })),
  "never-sent": changing((right) => ({
    submit: (change, call) =>
      right.submit(change, call).catch(() => {
        throw new PortError("UNAVAILABLE", "no connection");
      }),
  })),
  "text-markup": rewrites((text) => text.replace(/<[^>]*>/g, "")),
  "text-accents": rewrites((text) => text.normalize("NFD").replace(/\p{M}/gu, "")),
  "text-lines": rewrites((text) => text.split("\n")[0]!),
  "text-long": rewrites((text) => text.slice(0, 255)),
  "others-kept": changing((right) => ({
    submit: (change, call) => {
      const payload = { ...(change.payload as object), email: null };
      return right.submit({ ...change, payload }, call);
    },
  })),
};
