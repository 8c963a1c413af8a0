import type { Account } from "../../store/accounts.ts";
import type { RequestContext } from "../kernel/context.ts";
import { readIdentifier } from "./reference.ts";

type Needs = Pick<RequestContext, "landlord" | "store">;

/** What was typed as an identifier that the landlord gave, or null where it gives none or it is none. */
export function typedIdentifier({ landlord }: Pick<Needs, "landlord">, typed: string) {
  const { firstConnection } = landlord.registration;
  return firstConnection ? readIdentifier(typed, firstConnection.identifier) : null;
}

/** The account that somebody names: by its address, or by the identifier that the landlord gave. */
export async function accountNamed(context: Needs, typed: string): Promise<Account | null> {
  const { landlord, store } = context;
  const identifier = typedIdentifier(context, typed);
  if (identifier === null) return store.accounts.byEmail(landlord.id, typed);
  const id = await store.identifiers.accountOf(landlord.id, identifier);
  return id === null ? null : store.accounts.byId(landlord.id, id);
}
