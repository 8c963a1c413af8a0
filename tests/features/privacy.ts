/** B10: the newcomer takes a copy of their data, then erases the account. */
import { lifeOfNewcomer, newcomersPassword } from "./identity.ts";
import { run, type Portal } from "./portal.ts";
import { same } from "./same.ts";

interface Copy {
  readonly sections: readonly { readonly origine: string; readonly etat: string }[];
}

export async function copyAndErasure(portal: Portal): Promise<string> {
  const { email: first } = await lifeOfNewcomer(portal);
  // The row about the account's settings leaves another address.
  const signedIn = await Promise.all(
    [first, `new.${first}`].map(async (email) => {
      const { signIn } = await run(portal.front, "F06-sign-in", {
        email,
        password: newcomersPassword,
      });
      return { email, session: signIn.session as { accessToken: string } | null };
    }),
  );
  const known = signedIn.find(({ session }) => session !== null);
  if (!known) throw new Error("the newcomer cannot sign in any more");
  const front = portal.front.as(known.session!.accessToken);
  const currentPassword = newcomersPassword;
  const { requestDataExport } = await run(front, "B10-request-data-export", { currentPassword });
  const answer = await fetch(requestDataExport.download.url);
  const { sections } = (await answer.json()) as Copy;
  same(
    "parts that are missing",
    sections.filter(({ etat }) => etat !== "OK"),
    [],
  );
  const { email } = known;
  const { eraseAccount } = await run(front, "B10-erase-account", { currentPassword, email });
  same("whether it was erased", eraseAccount.erased, true);
  same("status with the token of then", (await front("{ viewer { id } }")).status, 401);
  const again = await run(portal.front, "F06-sign-in", { email, password: currentPassword });
  same("session of an erased account", again.signIn.session, null);
  return `a copy in ${sections.length} parts, then erased`;
}
