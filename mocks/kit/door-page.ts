import type { Behind } from "./door.ts";
import { faultKinds } from "./faults.ts";
import { html, page, type Html } from "./html.ts";
import { peopleState } from "./state.ts";

/** What the door can do, to read and to click. */
export function doorPage({ product, url, calls, faults }: Behind): string {
  const { total, atOnce, mostAtOnce } = calls.report();
  const now = faults().map((fault) => html`<li><code>${JSON.stringify(fault)}</code></li>`);
  return page(
    `${product.product} of ${product.landlord}: control door`,
    html`<p>The mock ERP itself answers at <code>${url}</code>.</p>
      <p>
        <a href="/calls">Calls</a>: ${total} in all, ${atOnce} now, ${mostAtOnce} at most at once.
        ${button("DELETE", "/calls", "Forget them")} ${button("POST", "/restart", "Restart")}
        ${button("POST", "/lose-sessions", "Lose the sessions")}
      </p>
      <p>
        <a href="/writes">What it applied</a>: ${product.writes.list().length} changes.
        ${product.runNight ? button("POST", "/night", "Run the night's batch") : ""}
      </p>
      ${weightForm(product.world.leastFileBytes)}
      <h2>Faults</h2>
      <p>
        <a href="/faults">Now</a>:
        ${
          now.length === 0
            ? "none"
            : html`<ul>
                ${now}
              </ul>`
        }
      </p>
      ${faultForm} ${button("DELETE", "/faults", "Calm")} ${descriptionPart}
      <h2>Buildings and news</h2>
      <p>
        Buildings 1 to ${product.world.buildings.length}, such as ${link("buildings", "1")}. All
        <a href="/state/news">news</a>.
      </p>
      <h2>Hand-made people</h2>
      <p><a href="/state/people?limit=100">The first hundred people</a> as JSON.</p>
      <table>
        <tr>
          <th>Key</th>
          <th>Name</th>
          <th>Reference</th>
          <th>Contracts</th>
          <th>Special</th>
        </tr>
        ${peopleState(product, new URLSearchParams("oddity")).map(
          (person) =>
            html`<tr>
              <td>${link("people", person.key)}</td>
              <td>${person.givenName} ${person.surname}</td>
              <td>${person.reference}</td>
              <td>${person.contracts.map((key) => html`${link("contracts", key)} `)}</td>
              <td>${person.oddity}</td>
            </tr>`,
        )}
      </table>
      ${script}`,
  );
}

const link = (kind: "people" | "contracts" | "buildings", key: string): Html =>
  html`<a href="/state/${kind}/${encodeURIComponent(key)}">${key}</a>`;

const button = (method: string, path: string, text: string): Html =>
  html`<button data-method="${method}" data-path="${path}">${text}</button>`;

const weightForm = (bytes: number): Html =>
  html`<form id="weight">
    <a href="/documents">Documents</a> weigh at least
    <input name="bytes" type="number" min="0" value="${String(bytes)}" />
    bytes: <code>PUT /documents</code> with <code>{"bytes": 50000000}</code>.
    <button>Weigh</button>
  </form>`;

const faultForm = html`<form id="fault">
  <select name="kind">
    ${faultKinds.map(([kind, what]) => html`<option value="${kind}">${kind}: ${what}</option>`)}
  </select>
  <input name="operation" placeholder="operation (all)" />
  <input name="ms" type="number" min="0" placeholder="ms" />
  <input name="times" type="number" min="1" placeholder="times (always)" />
  <input name="to" placeholder="to (redirect)" />
  <button>Do this</button>
</form>`;

const script = html`<script>
  const ask = async (method, path, body) => {
    const answer = await fetch(path, { method, body });
    if (answer.ok) location.reload();
    else alert((await answer.json()).error);
  };
  for (const one of document.querySelectorAll("[data-method]"))
    one.onclick = () => ask(one.dataset.method, one.dataset.path);
  document.getElementById("weight").onsubmit = (event) => {
    event.preventDefault();
    ask("PUT", "/documents", JSON.stringify({ bytes: Number(event.target.bytes.value) }));
  };
  document.getElementById("fault").onsubmit = (event) => {
    event.preventDefault();
    const fault = {};
    for (const [name, value] of new FormData(event.target))
      if (value !== "") fault[name] = name === "ms" || name === "times" ? Number(value) : value;
    ask("PUT", "/faults", JSON.stringify(fault));
  };
</script>`;

const descriptionPart = html`<h2>Its description</h2>
  <p>
    What <a href="/description">has changed</a> in the WSDL or OpenAPI file that it shows. PUT
    <code>[{ "from": "…", "to": "…" }]</code> there to change some of its text.
    ${button("DELETE", "/description", "As it was")}
  </p>`;
