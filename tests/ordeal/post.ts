/** Asks a gateway that may die at any moment, as a client does that may lose patience. */

// oxlint-disable-next-line typescript/no-explicit-any -- what a query answers is known to its asker only
type Data = Record<string, any>;

/** What came back. `CUT`: nothing of use, be it that nobody listens: whoever asked repeats it. */
export type Reply =
  | { readonly kind: "DATA"; readonly data: Data }
  | { readonly kind: "CUT" }
  | { readonly kind: "SIGNED_OUT" }
  /** An error that a repeat does not mend. */
  | { readonly kind: "ERROR"; readonly code: string };

export interface Letter {
  readonly url: string;
  readonly landlord: string;
  readonly token?: string | undefined;
  readonly query: string;
  readonly variables?: object;
  /** The client hangs up after so long. */
  readonly patienceMs?: number;
}

export async function post(letter: Letter): Promise<Reply> {
  const { url, landlord, token, query, variables = {}, patienceMs = 10_000 } = letter;
  try {
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-landlord": landlord,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return readReply((await answer.json()) as Body);
  } catch {
    return { kind: "CUT" };
  }
}

interface Body {
  readonly data?: Data | null;
  readonly errors?: readonly { extensions?: { code?: string; retryable?: boolean } }[];
}

function readReply({ data, errors = [] }: Body): Reply {
  const [error] = errors;
  if (!error && data) return { kind: "DATA", data };
  const { code = "INTERNAL", retryable = true } = error?.extensions ?? {};
  if (code === "FORBIDDEN" || code === "UNAUTHENTICATED") return { kind: "SIGNED_OUT" };
  return retryable ? { kind: "CUT" } : { kind: "ERROR", code };
}
