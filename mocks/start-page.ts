import { html, type Html } from "./kit/html.ts";

/** Something of the demo that has an address. */
export interface StartLink {
  readonly title: string;
  readonly url: string;
  /** What one finds there, in a few words. */
  readonly what: string;
}

/** Somebody as whom the demo can be tried. */
export interface DemoAccount {
  readonly landlord: string;
  readonly email: string;
  readonly password: string;
  readonly role: string;
  /** What is special about this person; empty when nothing is. */
  readonly oddity: string;
}

/** The demo's first page: links to all its parts, and who can sign in. Runs no script. */
export function startPage(links: readonly StartLink[], accounts: readonly DemoAccount[]): string {
  const body = html`<header>
      <h1>trousseau</h1>
      <p>
        One GraphQL schema for tenant portals, over every landlord's own ERP. This is the demo: the
        landlords' ERPs are stood for by servers on this machine, and the people are invented.
      </p>
    </header>
    <main>
      <h2>Where to go</h2>
      <ul class="links">
        ${links.map(linkCard)}
      </ul>
      ${accounts.length === 0 ? null : accountTable(accounts)}
    </main>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>trousseau: the demo</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body.html}
</body>
</html>
`;
}

function linkCard({ title, url, what }: StartLink): Html {
  return html`<li>
    <a href="${url}"><strong>${title}</strong><span>${what}</span><code>${url}</code></a>
  </li>`;
}

function accountTable(accounts: readonly DemoAccount[]): Html {
  const row = ({ landlord, email, password, role, oddity }: DemoAccount) =>
    html`<tr>
      <td>${landlord}</td>
      <td><code>${email}</code></td>
      <td><code>${password}</code></td>
      <td>${role}</td>
      <td>${oddity}</td>
    </tr>`;
  return html`<h2>Who can sign in</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Landlord</th>
            <th scope="col">E-mail</th>
            <th scope="col">Password</th>
            <th scope="col">Role</th>
            <th scope="col">What is special</th>
          </tr>
        </thead>
        <tbody>
          ${accounts.map(row)}
        </tbody>
      </table>
    </div>`;
}

const style = `
:root { color-scheme: light dark; --ink: #1b2440; --soft: #5a6484; --paper: #f5f7fc; --card: #fff; --line: #d5dbeb; --accent: #0a5ca8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf8; --soft: #a3adc9; --paper: #141a2b; --card: #1e263c; --line: #35405f; --accent: #7db8f0; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header, main { max-width: 66rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3rem; }
h1 { margin: 0; font-size: 2.2rem; letter-spacing: -0.02em; }
header p { max-width: 44rem; margin: 0.25rem 0 0; color: var(--soft); }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.15rem; }
main { padding-bottom: 4rem; }
.links { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1rem; margin: 0; padding: 0; list-style: none; }
.links a { display: flex; flex-direction: column; gap: 0.25rem; height: 100%; padding: 1rem 1.25rem; color: inherit; text-decoration: none; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.links a:hover, .links a:focus-visible { border-color: var(--accent); }
.links strong { color: var(--accent); }
.links span { flex: 1; }
.links code { overflow-wrap: anywhere; font-size: 0.8rem; color: var(--soft); }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.5rem 0.75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; }
th { font-size: 0.8rem; color: var(--soft); }
td:first-child { white-space: nowrap; }
td:last-child { min-width: 14rem; }
td code { font-size: 0.8rem; white-space: nowrap; }
`;
