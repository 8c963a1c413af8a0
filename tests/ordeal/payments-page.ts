/** A browser on the provider's page. */
import type { Redirect } from "./payments-attempt.ts";

export interface Page {
  /** Null where a press led to no page. Throws when the provider does not answer. */
  press(decision: string): Promise<Pressed>;
}

export interface Pressed {
  readonly status: number;
  /** Where the browser is sent back to; null while it stays on the page. */
  readonly back: string | null;
}

/** Null where the provider shows no page, as when it has been open for too long. */
export async function openPage({ method, url, fields }: Redirect): Promise<Page | null> {
  const body = new URLSearchParams(fields.map(({ name, value }) => [name, value]));
  const answer = await fetch(url, method === "POST" ? { method, body } : {});
  const text = await answer.text();
  const [, action] = /<form method="post" action="([^"]+)"/.exec(text) ?? [];
  if (!answer.ok || action === undefined) return null;
  const target = new URL(action.replaceAll("&amp;", "&"), url);
  return {
    press: async (decision) => {
      const pressed = await fetch(target, {
        method: "POST",
        body: new URLSearchParams({ decision }),
        redirect: "manual",
      });
      await pressed.text();
      return { status: pressed.status, back: pressed.headers.get("location") };
    },
  };
}

/** The gateway may be dead: then the browser shows that it is, and the person gives up. */
export async function goBack(address: string): Promise<void> {
  try {
    await (await fetch(address, { redirect: "manual" })).text();
  } catch {
    // Nobody there.
  }
}
