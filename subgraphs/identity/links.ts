import type { Landlord } from "../kernel/landlord.ts";

/** What a link in a mail is for; also the name of the page that it opens. */
export type LinkPage = "confirm" | "reset" | "email";

export interface House {
  readonly landlord: Landlord;
  /** Where the gateway is reached from outside, no slash at the end. */
  readonly publicUrl: string;
}

/** The address in a mail: the portal's own page, or the gateway's where the landlord names none. */
export function linkAddress({ landlord, publicUrl }: House, page: LinkPage, token: string): string {
  if (landlord.portalUrl !== undefined) {
    return `${landlord.portalUrl.replace(/\/+$/, "")}/${page}?${new URLSearchParams({ token })}`;
  }
  return `${publicUrl}/links/${page}?${new URLSearchParams({ landlord: landlord.id, token })}`;
}
