import PostalMime, { type Address } from "postal-mime";

/** A mail as it arrived. */
export interface Mail {
  /** 1, 2, 3 … as text. */
  id: string;
  /** The addresses that the envelope names. */
  to: string[];
  /** The From header: `Name <address>`, or the address alone. */
  from: string;
  subject: string;
  /** Empty when the mail has no such part. */
  text: string;
  html: string;
  /** When it arrived, in UTC. */
  at: string;
  /** Every http and https address in the text and in the HTML, once each. */
  links: string[];
  headers: { name: string; value: string }[];
}

/** Reads a raw mail. Rejects if it is no mail at all. */
export async function mailOf(id: number, raw: Buffer, to: string[]): Promise<Mail> {
  const parsed = await PostalMime.parse(raw);
  const { subject = "", text = "", html = "" } = parsed;
  return {
    id: String(id),
    to,
    from: shown(parsed.from),
    subject,
    text,
    html,
    at: new Date().toISOString(),
    links: linksIn(text, html),
    headers: parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
  };
}

function shown(address: Address | undefined): string {
  if (address === undefined) return "";
  return address.name ? `${address.name} <${address.address ?? ""}>` : (address.address ?? "");
}

function linksIn(text: string, html: string): string[] {
  const inText = [...text.matchAll(/https?:\/\/[^\s<>"']+/g)].map(([link]) =>
    link.replace(/[.,;:!?)\]»]+$/, ""),
  );
  const inHtml = [...html.matchAll(/href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)]
    .map(([, double, single]) => decoded(double ?? single ?? ""))
    .filter((link) => /^https?:\/\//i.test(link));
  return [...new Set([...inText, ...inHtml])];
}

/** The few entities that an address in an attribute may hold. */
function decoded(attribute: string): string {
  const entities: Record<string, string> = { amp: "&", quot: '"', "#39": "'", "#x27": "'" };
  return attribute
    .trim()
    .replace(/&(amp|quot|#39|#x27);/gi, (_, name: string) => entities[name.toLowerCase()]!);
}
