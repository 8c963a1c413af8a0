/** The page on which a person pays, in French and without a script. */
import { html, page, type Html } from "../kit/html.ts";
import type { MockAnswer } from "../kit/product.ts";

export interface Choice {
  /** The value of `decision` that is posted. */
  readonly value: string;
  readonly label: string;
}

interface Checkout {
  readonly title: string;
  /** Said before anything else: a refusal. */
  readonly notice?: string;
  readonly details: readonly (readonly [name: string, value: string])[];
  /** Where the decision is posted. */
  readonly action: string;
  readonly choices: readonly Choice[];
}

export function checkoutPage({ title, notice, details, action, choices }: Checkout): MockAnswer {
  const said = notice === undefined ? null : html`<p role="alert"><strong>${notice}</strong></p>`;
  const body = html`${said}
    <p>Prestataire fictif : aucune carte n'est demandée, aucun argent ne circule.</p>
    <table>
      ${details.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
    <form method="post" action="${action}">
      <fieldset>
        <legend>Que souhaitez-vous faire ?</legend>
        ${choices.map(buttonOf)}
      </fieldset>
    </form>`;
  return htmlAnswer(200, page(title, body, "fr"));
}

const buttonOf = ({ value, label }: Choice): Html =>
  html`<button name="decision" value="${value}">${label}</button> `;

export function messagePage(status: number, title: string, text: string): MockAnswer {
  return htmlAnswer(status, page(title, html`<p>${text}</p>`, "fr"));
}

/** A page that posts a form back to the shop: with a button, since it runs no script. */
export function returnForm(
  action: string,
  fields: readonly (readonly [string, string])[],
): MockAnswer {
  const body = html`<form method="post" action="${action}">
    ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button>Retourner sur le site</button>
  </form>`;
  return htmlAnswer(200, page("Paiement terminé", body, "fr"));
}

const htmlAnswer = (status: number, body: string): MockAnswer => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  body,
});

/** The browser is sent on. */
export const seeOther = (location: string): MockAnswer => ({
  status: 303,
  headers: { location, "cache-control": "no-store" },
  body: "",
});

/** `123,45 €`. */
export function euros(cents: number): string {
  return new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" }).format(cents / 100);
}
