import type { RequestContext, Viewer } from "../kernel/context.ts";
import { fail } from "../kernel/errors.ts";
import { signedIn } from "../kernel/ownership.ts";

export async function isStaff({ landlord, store, viewer }: RequestContext): Promise<boolean> {
  return viewer !== null && store.staff.includes(landlord.id, viewer.accountId);
}

/** Whether whoever asks is one of this landlord's people, also where they look at somebody's space. */
export async function isOrLooksAsStaff(context: RequestContext): Promise<boolean> {
  return context.viewer?.support !== undefined || isStaff(context);
}

/** Throws FORBIDDEN for whoever is not one of this landlord's people. */
export async function asStaff(context: RequestContext): Promise<Viewer> {
  const viewer = signedIn(context);
  if (!(await isStaff(context))) throw fail(context, "FORBIDDEN");
  return viewer;
}
