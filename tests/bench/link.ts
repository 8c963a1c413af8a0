import type { DemoAccount } from "../../mocks/start-page.ts";
import { client, operation, signIn } from "../support/client.ts";

/** Makes links to a rent notice of the first of these people who has one. */
export async function linkToNotice(
  url: string,
  accounts: readonly DemoAccount[],
): Promise<() => Promise<string>> {
  for (const { landlord, email, password } of accounts) {
    const front = await signIn(client({ url, landlord }), email, password);
    const { data } = await front(operation("F13-contracts"));
    for (const { id } of data.viewer.contracts.nodes as { id: string }[]) {
      const listed = await front(operation("F30-rent-notices"), { id, first: 1 });
      const notice = listed.data.contract?.rentNotices?.nodes[0]?.id as string | undefined;
      if (notice === undefined) continue;
      return async () => {
        const answer = await front(operation("F35-download"), { id: notice });
        return url + new URL(answer.data.document.download.url as string).pathname;
      };
    }
  }
  throw new Error("nobody here has a rent notice");
}
