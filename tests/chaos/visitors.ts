/** People who look at their pages, each signed in once, and what their portal made of the answers. */
import {
  client,
  faultsOf,
  operation,
  signIn,
  type Answer,
  type Client,
} from "../support/client.ts";
import { password, type Asker } from "../ordeal/askers.ts";

/**
 * LIVE: as the ERP says it now. KEPT: whole, with what was read before. TOLD: not whole, each gap
 * with an error that says why and that it may be tried again. WRONG: anything else, silence too.
 */
export type Outcome = "LIVE" | "KEPT" | "TOLD" | "WRONG";

export interface Sample {
  readonly landlord: string;
  /** Of this process's clock, when it was asked. */
  readonly at: number;
  readonly ms: number;
  readonly outcome: Outcome;
}

export interface Visitor {
  readonly landlord: string;
  /** Asks for the page of that turn: the home page and lists, always in the same order. */
  look(turn: number): Promise<Sample>;
}

/** No ERP's deadline is as long. */
const patienceMs = 10_000;
const home = operation("F12-home");
/** Their balances, and two lists of a contract. One turn in two is the home page. */
const pages = [
  home,
  operation("F13-contracts"),
  home,
  operation("F30-rent-notices"),
  home,
  operation("F23-balance"),
  home,
  operation("F38-requests"),
];
/** After so many turns every page has been asked for. */
export const turnsOfAll = pages.length;

export async function createVisitor(url: string, asker: Asker): Promise<Visitor> {
  const { landlord, email } = asker;
  const front = await signIn(client({ url, landlord }), email, password);
  let contract: string | undefined;
  const look = async (turn: number): Promise<Sample> => {
    // Who has not yet seen the home page knows no contract to ask about.
    const page = contract === undefined ? home : pages[turn % pages.length]!;
    const at = performance.now();
    const answer = await answerIn(front, page, { id: contract });
    const ms = performance.now() - at;
    contract ??= answer?.data?.viewer?.contracts?.nodes[0]?.id as string | undefined;
    return { landlord, at, ms, outcome: outcomeOf(answer) };
  };
  return { landlord, look };
}

/** Null when none came. */
async function answerIn(front: Client, page: string, variables: object): Promise<Answer | null> {
  const patience = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), patienceMs).unref();
  });
  return Promise.race([front(page, variables), patience]).catch(() => null);
}

const typed = new Set(["TIMEOUT", "UNAVAILABLE", "BAD_RESPONSE", "RATE_LIMITED"]);

export function outcomeOf(answer: Answer | null): Outcome {
  if (answer?.status !== 200 || !answer.data) return "WRONG";
  const faults = faultsOf(answer);
  const isTyped = ({ extensions }: (typeof faults)[number]) =>
    typed.has(extensions.code) && extensions.retryable;
  if (faults.length > 0) return faults.every(isTyped) ? "TOLD" : "WRONG";
  const kept = (answer.extensions?.["freshness"] ?? []) as { freshness: string }[];
  return kept.some(({ freshness }) => freshness === "STALE") ? "KEPT" : "LIVE";
}
