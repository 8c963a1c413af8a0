/** Lyra's page: opened by the shop's form, decided by the person's. */
import type { MockAnswer, MockRequest } from "../kit/product.ts";
import { checkoutPage, euros, messagePage, returnForm, seeOther } from "../checkout/page.ts";
import type { Notifier } from "../checkout/notifier.ts";
import type { Books, Status, Transaction, Visit } from "./books.ts";
import { readForm, RefusedForm } from "./form.ts";
import { browserFields, notify } from "./notify.ts";

export const formPath = "/vads-payment/";
export const visitPath = "/vads-payment/visite";

interface Place {
  readonly books: Books;
  readonly notifier: Notifier;
  readonly now: () => Date;
}

export function openPage({ body }: MockRequest, { books, now }: Place): MockAnswer {
  try {
    const { shop, asked } = readForm(body, books, now());
    const visit = books.open(shop, asked);
    if (!visit) throw new RefusedForm("vads_trans_id");
    return show(visit);
  } catch (error) {
    if (!(error instanceof RefusedForm)) throw error;
    return messagePage(400, "Formulaire refusé", `Paramètre incorrect : ${error.message}`);
  }
}

function show({ id, asked }: Visit, notice?: string): MockAnswer {
  return checkoutPage({
    title: "Lyra : votre paiement",
    ...(notice === undefined ? {} : { notice }),
    details: [
      ["Commande", asked["vads_order_id"] ?? ""],
      ["Objet", asked["vads_order_info"] ?? ""],
      ["Montant", euros(Number(asked["vads_amount"]))],
    ],
    action: `${visitPath}?id=${id}`,
    choices: [
      { value: "payer", label: "Payer par carte bancaire" },
      { value: "refuser", label: "Simuler un refus de la banque" },
      { value: "verifier", label: "Simuler une vérification en cours" },
      { value: "abandonner", label: "Abandonner et revenir" },
    ],
  });
}

const decisions: Readonly<Record<string, Status>> = {
  payer: "AUTHORISED",
  refuser: "REFUSED",
  verifier: "UNDER_VERIFICATION",
  abandonner: "ABANDONED",
};

/** After a refusal the person may try another card. */
export async function decide(
  { url, body }: MockRequest,
  { books, notifier }: Place,
): Promise<MockAnswer> {
  const visit = books.visit(url.searchParams.get("id") ?? "");
  if (!visit || visit.over) {
    return messagePage(410, "Session terminée", "Ce paiement est terminé, ou a expiré.");
  }
  const chosen = new URLSearchParams(body.toString()).get("decision") ?? "";
  const status = Object.hasOwn(decisions, chosen) ? decisions[chosen]! : null;
  if (!status) return messagePage(400, "Choix inconnu", "Retournez à la page précédente.");
  const transaction = books.add(visit, status);
  visit.over = status !== "REFUSED";
  await notify(notifier, visit, transaction, "PAY");
  if (status === "REFUSED") return show(visit, "Paiement refusé : essayez avec une autre carte.");
  return sendBack(visit, transaction);
}

function sendBack(visit: Visit, transaction: Transaction): MockAnswer {
  const back = visit.asked["vads_url_return"];
  if (back === undefined) return messagePage(200, "Terminé", "Vous pouvez fermer cette page.");
  const mode = visit.asked["vads_return_mode"] ?? "NONE";
  const fields = Object.entries(browserFields(visit, transaction));
  if (mode === "POST") return returnForm(back, fields);
  const address = new URL(back);
  if (mode === "GET") for (const [name, value] of fields) address.searchParams.set(name, value);
  return seeOther(address.href);
}
