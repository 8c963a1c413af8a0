import Pdf from "pdfkit";
import type { PaymentReceipt } from "../../../store/payment-row.ts";
import type { Landlord } from "../../kernel/landlord.ts";

interface Ticket {
  readonly landlord: Pick<Landlord, "name" | "timeZone">;
  readonly provider: "PAYFIP" | "LYRA";
  readonly amount: string;
  /** Its number, as the landlord prints it. */
  readonly contract: string;
  readonly receipt: PaymentReceipt;
}

const providerNames = { PAYFIP: "PayFiP (DGFiP)", LYRA: "Lyra" } as const;
const means: Readonly<Record<string, string>> = {
  CARD: "Carte bancaire / Bank card",
  DIRECT_DEBIT: "Prélèvement / Direct debit",
};

const title = "Ticket de paiement en ligne / Online payment receipt";

/** A page of PDF, in French and English. */
export async function* drawTicket(ticket: Ticket): AsyncGenerator<Uint8Array> {
  const paidAt = new Date(ticket.receipt.paidAt);
  const page = new Pdf({
    size: "A5",
    margin: 40,
    lang: "fr-FR",
    displayTitle: true,
    info: { Title: title, Author: ticket.landlord.name, CreationDate: paidAt },
  });
  page.font("Helvetica-Bold").fontSize(13).text(plain(ticket.landlord.name));
  page.moveDown(0.5).fontSize(11).text(title).moveDown();
  for (const [label, value] of linesOf(ticket, paidAt)) {
    page.font("Helvetica").fontSize(8).text(label);
    page.font("Helvetica-Bold").fontSize(11).text(plain(value)).moveDown(0.4);
  }
  page.moveDown().font("Helvetica").fontSize(8);
  page.text("Ce ticket ne vaut pas quittance de loyer. This is no rent receipt.");
  page.end();
  for await (const chunk of page) yield chunk as Buffer;
}

function linesOf(ticket: Ticket, paidAt: Date): [label: string, value: string][] {
  const { landlord, provider, amount, contract, receipt } = ticket;
  const when = new Intl.DateTimeFormat("fr-FR", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: landlord.timeZone,
  });
  const { authorisation } = receipt;
  return [
    ["Montant / Amount", `${amount.replace(".", ",")} EUR`],
    ["Contrat / Contract", contract],
    ["Date", when.format(paidAt)],
    ["Moyen de paiement / Means", means[receipt.means] ?? receipt.means],
    ["Prestataire / Provider", providerNames[provider]],
    ["Transaction", receipt.transaction],
    ...(authorisation ? [["Autorisation / Authorisation", authorisation] as [string, string]] : []),
  ];
}

/** The fonts that every reader of PDF has know Western characters and plain spaces only. */
const plain = (text: string): string =>
  text
    .replace(/\p{Zs}/gu, " ")
    .replaceAll("’", "'")
    .normalize("NFC");
