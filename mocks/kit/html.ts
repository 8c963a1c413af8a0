/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Shown = string | number | Html | Html[] | null;

/** Builds HTML; whatever is put in is escaped unless it is Html itself. Null shows nothing. */
export function html(parts: TemplateStringsArray, ...values: Shown[]): Html {
  return { html: String.raw({ raw: parts }, ...values.map(shown)) };
}

function shown(value: Shown): string {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map(shown).join("");
  return typeof value === "object" ? value.html : escapeHtml(String(value));
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Safe between tags and inside a quoted attribute. */
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character]!);

/** A whole page of the mocks, in one plain style. */
export function page(title: string, body: Html, language: "en" | "fr" = "en"): string {
  const whole = html`<!doctype html>
    <html lang="${language}">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title}</title>
      <style>
        body {
          font:
            16px/1.5 system-ui,
            sans-serif;
          max-width: 60rem;
          margin: 2rem auto;
          padding: 0 1rem;
          color-scheme: light dark;
        }
        table {
          border-collapse: collapse;
          width: 100%;
        }
        td,
        th {
          text-align: left;
          padding: 0.25rem 0.5rem;
          border-bottom: 1px solid #8884;
        }
        pre {
          white-space: pre-wrap;
        }
      </style>
      <h1>${title}</h1>
      ${body}
    </html>`;
  return whole.html;
}
