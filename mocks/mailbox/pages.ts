import { html, page } from "../kit/html.ts";
import type { Mail } from "./mail.ts";

/** All mails, newest first. */
export function listPage(mails: Mail[]): string {
  const rows = mails.map(
    (mail) =>
      html`<tr>
        <td>${mail.at.slice(11, 19)}</td>
        <td>${mail.to.join(", ")}</td>
        <td><a href="/mails/${mail.id}">${mail.subject || "(no subject)"}</a></td>
      </tr>`,
  );
  return page(
    "Mail box",
    html`<p>
        Every mail that was sent, whoever it is for; nothing leaves this machine. The page reloads
        by itself. The same <a href="/api/mails">as JSON</a>.
      </p>
      <table>
        <tr>
          <th>At (UTC)</th>
          <th>To</th>
          <th>Subject</th>
        </tr>
        ${rows}
      </table>`,
  );
}

/** One mail. Its HTML is shown in a frame in which nothing runs and nothing is fetched. */
export function mailPage(mail: Mail): string {
  const { from, to, at, subject, links, text, headers } = mail;
  return page(
    subject || "(no subject)",
    html`<p><a href="/">All mails</a></p>
      <p>From ${from} to ${to.join(", ")}, ${at}</p>
      <h2>Links</h2>
      <ul>
        ${links.map((link) => html`<li><a href="${link}" rel="noreferrer">${link}</a></li>`)}
      </ul>
      <h2>Text</h2>
      <pre>${text}</pre>
      <h2>HTML</h2>
      <iframe sandbox title="HTML part" srcdoc="${mail.html}" width="100%" height="400"></iframe>
      <h2>Headers</h2>
      <pre>${headers.map(({ name, value }) => `${name}: ${value}`).join("\n")}</pre>`,
  );
}
