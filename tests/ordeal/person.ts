/** Somebody who is signed in, whatever happens to the gateways meanwhile. */
import type { Random } from "../../mocks/world/random.ts";
import { operation } from "../support/client.ts";
import { password, type Asker } from "./askers.ts";
import { post, type Reply } from "./post.ts";

export interface Person {
  readonly asker: Asker;
  /** One try, at any of the gateways; signs in (again) where that is needed. */
  ask(query: string, variables?: object, patienceMs?: number): Promise<Reply>;
  /** Tries until there is an answer. Throws for an error that a repeat does not mend, or after `tries`. */
  // oxlint-disable-next-line typescript/no-explicit-any -- what a query answers is known to its asker only
  insist(query: string, variables?: object, tries?: number): Promise<any>;
}

export function createPerson(asker: Asker, urls: readonly string[], random: Random): Person {
  const { landlord, email } = asker;
  let token: string | undefined;
  const anyUrl = () => random.pick(urls as [string, ...string[]]);
  const signIn = async () => {
    const query = operation("F06-sign-in");
    const reply = await post({ url: anyUrl(), landlord, query, variables: { email, password } });
    if (reply.kind === "DATA") token = reply.data["signIn"].session?.accessToken;
  };
  const ask: Person["ask"] = async (query, variables = {}, patienceMs = 10_000) => {
    if (!token) await signIn();
    if (!token) return { kind: "CUT" };
    const reply = await post({ url: anyUrl(), landlord, token, query, variables, patienceMs });
    if (reply.kind !== "SIGNED_OUT") return reply;
    token = undefined;
    return { kind: "CUT" };
  };
  const insist: Person["insist"] = async (query, variables = {}, tries = 100) => {
    for (let left = tries; left > 0; left -= 1) {
      const reply = await ask(query, variables);
      if (reply.kind === "DATA") return reply.data;
      if (reply.kind === "ERROR") throw new Error(`${landlord}: ${reply.code} to ${query}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`${landlord}: no answer to ${query}`);
  };
  return { asker, ask, insist };
}
