/**
 * Social sign-in, as a landlord's file has it. What is known of a provider in advance stands here, so
 * that a file needs no more than its name and what the provider gave: a client id and a secret.
 */
import { z } from "zod";

interface SocialPreset {
  readonly label: string;
  /** Settings of the provider, as the landlord's file would write them. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const socialPresets: ReadonlyMap<string, SocialPreset> = new Map(
  Object.entries<SocialPreset>({
    google: {
      label: "Google",
      settings: { protocol: "openid", issuer: "https://accounts.google.com", scopes: ["openid"] },
    },
    // It has no discovery for web sites, and its id tokens are for apps.
    facebook: {
      label: "Facebook",
      settings: {
        protocol: "oauth2",
        authorizationEndpoint: "https://www.facebook.com/dialog/oauth",
        tokenEndpoint: "https://graph.facebook.com/oauth/access_token",
        userinfoEndpoint: "https://graph.facebook.com/me?fields=id",
        subjectField: "id",
        scopes: ["public_profile"],
      },
    },
    // Its id tokens leave the nonce out, and it refuses PKCE unless it was turned on for the client.
    linkedin: {
      label: "LinkedIn",
      settings: {
        protocol: "openid",
        issuer: "https://www.linkedin.com/oauth",
        scopes: ["openid"],
        nonce: false,
        pkce: false,
      },
    },
    // It gives the account's id to those only that may read posts, too.
    x: {
      label: "X (Twitter)",
      settings: {
        protocol: "oauth2",
        authorizationEndpoint: "https://x.com/i/oauth2/authorize",
        tokenEndpoint: "https://api.x.com/2/oauth2/token",
        userinfoEndpoint: "https://api.x.com/2/users/me",
        subjectField: "data.id",
        scopes: ["users.read", "tweet.read"],
        secretBy: "basic",
      },
    },
  }),
);

/** The rest of a provider is the gateway's: see `gateway/landlord-file/social.ts`. */
const SocialProvider = z.looseObject({
  /** Accounts are linked by it: never give it to another provider. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, "expected lower-case letters, digits, hyphens"),
  /** What stands on the button. */
  label: z.string().min(1).optional(),
});

export const SocialSignIn = z.strictObject({
  /** The portal's page, or the app's link, to which a person comes back: `<returnUrl>?code=…`. */
  returnUrl: z.string().min(1),
  providers: z.array(SocialProvider).min(1),
});

/** What stands on the button of a provider. */
export function socialLabel({ id, label }: { readonly id: string; label?: string | undefined }) {
  return label ?? socialPresets.get(id)?.label ?? id;
}
