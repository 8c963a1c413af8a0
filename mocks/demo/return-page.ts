import { html, page } from "../kit/html.ts";

/** Where people come back to after a social sign-in in the demo, as to a portal's own page. */
export const returnPath = "/demo/return";

/** Shows the code that a portal would redeem by itself. */
export function returnPage(code: string): string {
  const body = html`<p>
      You are back from the provider. A portal would now redeem this code, with the verifier that it
      kept, by <code>completeSocialSignIn</code>, or by <code>linkSocialAccount</code> if that is
      what it began. It is good once, for two minutes.
    </p>
    <pre>${code}</pre>`;
  return page("Back at the portal", body);
}
