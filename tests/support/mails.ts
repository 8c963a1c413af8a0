import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../mocks/demo/start.ts";
import type { Mail } from "../../mocks/mailbox/mail.ts";

const patienceMs = 8_000;

/** What was sent to an address, newest first, as the mail box's JSON shows it. */
export async function mailsTo(demo: Demo, address: string): Promise<Mail[]> {
  const asked = new URLSearchParams({ to: address });
  return (await (await fetch(`${demo.mocks.mailbox.url}/api/mails?${asked}`)).json()) as Mail[];
}

/** The newest mail to an address, once so many have come. Throws when they do not. */
export async function mailTo(demo: Demo, address: string, count = 1): Promise<Mail> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const mails = await mailsTo(demo, address);
    if (mails.length >= count) return mails[0]!;
    if (Date.now() > end) throw new Error(`${mails.length} of ${count} mails came to ${address}.`);
    await sleep(30);
  }
}

/** The newest mail to an address that says so, once it has come. Throws when it does not. */
export async function mailSaying(demo: Demo, address: string, part: string): Promise<Mail> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = (await mailsTo(demo, address)).find(({ text }) => text.includes(part));
    if (found) return found;
    if (Date.now() > end) throw new Error(`No mail to ${address} says: ${part}`);
    await sleep(30);
  }
}

/** The link of a mail that leads to one of the gateway's pages. */
export function linkIn(mail: Mail): { page: string; token: string; landlord: string } {
  const page = mail.links.find((link) => link.includes("/links/"));
  if (!page) throw new Error(`No link in: ${mail.subject}`);
  const { searchParams } = new URL(page);
  return { page, token: searchParams.get("token")!, landlord: searchParams.get("landlord")! };
}

/** Looks at the page behind a link, as mail scanners do too. */
export const openPage = (page: string, language = "fr") =>
  fetch(page, { headers: { "accept-language": language } });

/** Presses the button of the page behind a link. */
export function pressButton(
  page: string,
  more: Record<string, string> = {},
  language = "fr",
): Promise<Response> {
  const { origin, pathname, searchParams } = new URL(page);
  return fetch(`${origin}${pathname}`, {
    method: "POST",
    headers: { "accept-language": language },
    body: new URLSearchParams({ ...Object.fromEntries(searchParams), ...more }),
  });
}
