/** The row of social sign-in: each button is pressed, and the provider's page lived through. */
import { linkTo, signInBy } from "../support/social.ts";
import { run, type Portal } from "./portal.ts";
import { same } from "./same.ts";

export async function socialSignIn(portal: Portal): Promise<string> {
  const { demo, front } = portal;
  const { account, front: own } = (await portal.everybody())[0]!;
  const { landlord } = await run(front, "F08-social-accounts");
  const names: string[] = landlord.socialProviders.map(({ name }: { name: string }) => name);
  for (const provider of names) {
    const order = { provider, login: "helene", currentPassword: account.password };
    same("user errors of the link", (await linkTo(demo, own, order)).userErrors, []);
    const { session, userErrors } = await signInBy(demo, front, provider, "helene");
    same("user errors of the sign-in", userErrors, []);
    const { viewer } = await run(front.as(session.accessToken), "F08-social-accounts");
    same(
      "what is linked",
      viewer.socialAccounts.map((linked: { provider: string }) => linked.provider),
      [provider],
    );
    const { unlinkSocialAccount } = await run(own, "F08-unlink-social-account", { provider });
    same("user errors of the unlinking", unlinkSocialAccount.userErrors, []);
  }
  if (names.length === 0) throw new Error("no button");
  return `signed in by ${names.join(", ")}`;
}
