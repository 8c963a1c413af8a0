import { readFileSync } from "node:fs";

export interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions: {
    code: string;
    retryable: boolean;
    landlord: string | null;
    requestId: string;
    retryAt?: string;
  };
}

export interface Answer {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- what a query answers is known to its test only
  data: any;
  errors?: GraphqlError[];
  extensions?: Record<string, unknown>;
}

export interface Client {
  (query: string, variables?: object): Promise<Answer>;
  /** The same endpoint and landlord, signed in. */
  as(token: string): Client;
  /** The access token that it sends. */
  readonly token: string | undefined;
}

export interface ClientOptions {
  url: string;
  landlord: string;
  token?: string;
  headers?: Record<string, string>;
}

/** A front-end of one landlord, as far as the wire is concerned. */
export function client({ url, landlord, token, headers = {} }: ClientOptions): Client {
  const ask = async (query: string, variables: object = {}): Promise<Answer> => {
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-landlord": landlord,
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: answer.status, ...((await answer.json()) as Omit<Answer, "status">) };
  };
  return Object.assign(ask, {
    token,
    as: (other: string) => client({ url, landlord, token: other, headers }),
  });
}

/** The text of a saved operation: `F12-home`. */
export function operation(name: string): string {
  return readFileSync(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), "utf8");
}

/** The errors but for those that say that the landlord does not offer something. */
export const faultsOf = ({ errors = [] }: Pick<Answer, "errors">): GraphqlError[] =>
  errors.filter(({ extensions }) => extensions.code !== "NOT_SUPPORTED");

/** Signs in; throws with the user errors when that fails. */
export async function signIn(front: Client, email: string, password: string): Promise<Client> {
  const { data, errors } = await front(operation("F06-sign-in"), { email, password });
  if (!data?.signIn?.session) {
    throw new Error(`sign-in failed: ${JSON.stringify(data?.signIn?.userErrors ?? errors)}`);
  }
  return front.as(data.signIn.session.accessToken);
}
