/** Rent notices: the invoices whose reference for the client says so, and their files. */
import {
  documentContents,
  rentNotices,
  type DocumentContents,
  type RentNotice,
} from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { pdfBody, pdfName } from "../../transport/pdf.ts";
import { pagesOf } from "./billing.ts";
import { at } from "./client.ts";
import { download } from "./files.ts";
import { isCharge, type Erp } from "./owned.ts";
import { dayOf, dayOrNull, euros, idPattern } from "./values.ts";
import { Invoice, linkedIds, type Contract } from "./wire.ts";

export const documentPorts = (erp: Erp): Served[] => [
  serve(rentNotices, {
    ofContracts: pagesOf(erp, (held, call) => noticesOf(erp, held, call)),
    byKeys: (keys, call) =>
      eachOnce(keys, JSON.stringify, async ({ contractKey, key }) => {
        const invoice = await invoiceOf(erp, contractKey, key, call);
        return invoice && rentNotice(invoice, contractKey, erp.settings.timeZone);
      }),
  }),
  serve(documentContents, { open: openWith(erp) }),
];

const isNotice = ({ settings }: Erp, invoice: Invoice): boolean =>
  isCharge(invoice) &&
  invoice.type === "0" &&
  (invoice.ref_client ?? "").startsWith(settings.noticePrefix);

async function noticesOf(erp: Erp, held: Contract, call: Call): Promise<RentNotice[]> {
  const linked = new Set(linkedIds(held.linkedObjectsIds, "facture"));
  if (linked.size === 0) return [];
  const query = { thirdparty_ids: held.socid };
  const invoices = await erp.client.list({ path: "/invoices", query, shape: Invoice }, call);
  return invoices
    .filter(({ id, socid }) => linked.has(id) && socid === held.socid)
    .filter((invoice) => isNotice(erp, invoice))
    .map((invoice) => rentNotice(invoice, held.id, erp.settings.timeZone))
    .toSorted((a, b) => -Number(a.issuedOn > b.issuedOn) + Number(a.issuedOn < b.issuedOn));
}

/** Null unless it is a notice that is linked to that contract and no other. */
async function invoiceOf(
  erp: Erp,
  contractKey: string,
  key: string,
  call: Call,
): Promise<Invoice | null> {
  if (!idPattern.test(key) || !idPattern.test(contractKey)) return null;
  const invoice = await erp.client.read({ path: at`/invoices/${key}`, shape: Invoice }, call);
  if (!invoice) return null;
  if (invoice.id !== key) throw new PortError("BAD_RESPONSE", "dolibarr: another invoice came");
  const contracts = linkedIds(invoice.linkedObjectsIds, "contrat");
  const isTheirs = contracts.length > 0 && contracts.every((id) => id === contractKey);
  return isTheirs && isNotice(erp, invoice) ? invoice : null;
}

export function rentNotice(invoice: Invoice, contractKey: string, timeZone: string): RentNotice {
  const issuedOn = dayOf(invoice.date ?? 0, timeZone);
  return {
    key: invoice.id,
    contractKey,
    title: invoice.note_public ?? `Avis d'échéance ${invoice.ref}`,
    issuedOn,
    period: periodOf(invoice, issuedOn, timeZone),
    dueDate: dayOrNull(invoice.date_lim_reglement, timeZone) ?? issuedOn,
    total: euros(invoice.total_ttc),
    lines: invoice.lines.map(({ desc, total_ttc }) => ({
      label: desc ?? invoice.ref,
      amount: euros(total_ttc),
    })),
  };
}

/** Of its lines; where none has any, the month in which it was issued. */
function periodOf({ lines }: Invoice, issuedOn: string, timeZone: string): RentNotice["period"] {
  const from = lines.flatMap(({ date_start }) => dayOrNull(date_start, timeZone) ?? []).toSorted();
  const to = lines.flatMap(({ date_end }) => dayOrNull(date_end, timeZone) ?? []).toSorted();
  if (from[0] && to.at(-1)) return { from: from[0], to: to.at(-1)! };
  const [year = "", month = ""] = issuedOn.split("-");
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { from: `${year}-${month}-01`, to: `${year}-${month}-${last}` };
}

/**
 * The path of the file is made of the reference that Dolibarr told us. It gives any file to its
 * service's key: whose the invoice is, has been looked at before.
 */
function openWith(erp: Erp): DocumentContents["open"] {
  return async ({ kind, contractKey, key }, call) => {
    const invoice = kind === "RENT_NOTICE" ? await invoiceOf(erp, contractKey, key, call) : null;
    const file =
      invoice && (await download(erp.client, "facture", `${invoice.ref}/${invoice.ref}.pdf`, call));
    if (!invoice || !file) {
      throw new PortError("NOT_FOUND", "dolibarr: no such document of the contract");
    }
    const { mediaType, bytes } = file;
    async function* whole() {
      yield bytes;
    }
    const body = await pdfBody({ "content-type": mediaType }, whole(), bytes.length);
    return {
      fileName: pdfName(invoice.ref),
      mediaType: "application/pdf",
      sizeBytes: bytes.length,
      body,
    };
  };
}
