import type { RequestContext } from "../kernel/context.ts";

/** What a link in a mail is for; also the name of the page that it opens. */
export type LinkPage = "confirm" | "first-connection" | "reset" | "email";

type Needs = Pick<RequestContext, "landlord" | "publicUrl">;

/** The address in a mail: the portal's own page, or the gateway's where the landlord names none. */
export function linkAddress({ landlord, publicUrl }: Needs, page: LinkPage, token: string): string {
  if (landlord.portalUrl !== undefined) {
    return `${landlord.portalUrl.replace(/\/+$/, "")}/${page}?${new URLSearchParams({ token })}`;
  }
  return `${publicUrl}/links/${page}?${new URLSearchParams({ landlord: landlord.id, token })}`;
}
