/** PayFiP's page, `/tpa/paiementws.web?idop=…`. */
import type { MockAnswer, MockRequest } from "../kit/product.ts";
import { checkoutPage, euros, messagePage, seeOther, type Choice } from "../checkout/page.ts";
import type { Notifier } from "../checkout/notifier.ts";
import type { Books, Operation, Result } from "./operations.ts";

export const pagePath = "/tpa/paiementws.web";

/** After it was made, the page must be opened within so long. */
const openForMs = 15 * 60_000;

const decisions: Readonly<Record<string, Result>> = {
  payer: "P",
  prelever: "V",
  refuser: "R",
  abandonner: "A",
};

const choices: readonly Choice[] = [
  { value: "payer", label: "Payer par carte bancaire" },
  { value: "prelever", label: "Payer par prélèvement" },
  { value: "refuser", label: "Simuler un refus de la banque" },
  { value: "abandonner", label: "Abandonner" },
];

interface Place {
  readonly books: Books;
  readonly notifier: Notifier;
  readonly now: () => Date;
}

export async function servePage(request: MockRequest, place: Place): Promise<MockAnswer> {
  const operation = place.books.find(request.url.searchParams.get("idop") ?? "");
  if (!operation)
    return messagePage(404, "Paiement inconnu", "Cette adresse ne mène à aucun paiement.");
  const age = place.now().getTime() - operation.createdAt.getTime();
  if (!operation.openedAt && age > openForMs) {
    return messagePage(410, "Délai dépassé", "La page devait être ouverte dans les 15 minutes.");
  }
  operation.openedAt ??= place.now();
  if (operation.result)
    return messagePage(409, "Paiement terminé", "Ce paiement est déjà terminé.");
  return request.method === "POST" ? decide(operation, request, place) : show(operation);
}

function show({ idOp, asked }: Operation): MockAnswer {
  return checkoutPage({
    title: "PayFiP : votre paiement",
    details: [
      ["Référence", asked["refdet"]!],
      ["Objet", asked["objet"] ?? ""],
      ["Montant", euros(Number(asked["montant"]))],
      ["Adresse électronique", asked["mel"]!],
    ],
    action: `${pagePath}?idop=${idOp}`,
    choices,
  });
}

async function decide(
  operation: Operation,
  { body }: MockRequest,
  { notifier, now }: Place,
): Promise<MockAnswer> {
  const chosen = new URLSearchParams(body.toString()).get("decision") ?? "";
  if (!Object.hasOwn(decisions, chosen)) {
    return messagePage(400, "Choix inconnu", "Retournez à la page précédente.");
  }
  operation.result = decisions[chosen]!;
  operation.decidedAt = now();
  await notify(operation, notifier);
  const back = new URL(operation.asked["urlredirect"]!);
  back.searchParams.set("idop", operation.idOp);
  return seeOther(back.href);
}

/** It carries no signature: a forged one names a payment that is none. */
export function notify({ idOp, asked }: Operation, notifier: Notifier): Promise<void> {
  return notifier.send(idOp, {
    url: asked["urlnotif"]!,
    body: `idop=${idOp}`,
    forged: `idop=00000000-0000-4000-8000-000000000000&resultrans=P`,
  });
}
