import {
  chargeRegularisations,
  documentContents,
  rentNotices,
  rentReceipts,
  type DocumentContents,
  type DocumentKind,
  type DocumentsOf,
} from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Served } from "../../ports/port.ts";
import { pdfBody, sizeOf } from "../../transport/pdf.ts";
import { at, type Client } from "./client.ts";
import { fileNameOf } from "./file.ts";
import { chargeRegularisation, rentNotice, rentReceipt } from "./map.ts";
import { pagesOf, thingsOf } from "./pages.ts";
import { Avis, names, Quittance, Regularisation } from "./wire.ts";

export function documentPorts(client: Client, timeZone: string): Served[] {
  const sources = {
    RENT_NOTICE: noticesOf(client, timeZone),
    RENT_RECEIPT: receiptsOf(client),
    CHARGE_REGULARISATION: regularisationsOf(client),
  };
  return [
    serve(rentNotices, sources.RENT_NOTICE),
    serve(rentReceipts, sources.RENT_RECEIPT),
    serve(chargeRegularisations, sources.CHARGE_REGULARISATION),
    serve(documentContents, { open: openWith(client, sources) }),
  ];
}

const keyOf = ({ reference }: { reference: string }) => reference;

const noticesOf = (client: Client, timeZone: string) => {
  const kind = { shape: Avis, map: (avis: Avis) => rentNotice(avis, timeZone) };
  return {
    ofContracts: pagesOf(client, { ...kind, keyOf, pathOf: (c) => at`/v2/contrats/${c}/avis` }),
    byKeys: thingsOf(client, {
      ...kind,
      name: names.RENT_NOTICE,
      pathOf: (key) => at`/v2/avis/${key}`,
    }),
  };
};

const receiptsOf = (client: Client) => {
  const kind = { shape: Quittance, map: rentReceipt };
  return {
    ofContracts: pagesOf(client, {
      ...kind,
      keyOf,
      pathOf: (c) => at`/v2/contrats/${c}/quittances`,
    }),
    byKeys: thingsOf(client, {
      ...kind,
      name: names.RENT_RECEIPT,
      pathOf: (key) => at`/v2/quittances/${key}`,
    }),
  };
};

const regularisationsOf = (client: Client) => {
  const kind = { shape: Regularisation, map: chargeRegularisation };
  return {
    ofContracts: pagesOf(client, {
      ...kind,
      keyOf,
      pathOf: (c) => at`/v2/contrats/${c}/regularisations`,
    }),
    byKeys: thingsOf(client, {
      ...kind,
      name: names.CHARGE_REGULARISATION,
      pathOf: (key) => at`/v2/regularisations/${key}`,
    }),
  };
};

/** By the kinds that beauceron keeps. */
type Sources = Partial<Record<DocumentKind, Pick<DocumentsOf<unknown>, "byKeys">>>;

/** Asks whose the document is before it opens the file, which beauceron gives to anybody. */
function openWith(client: Client, sources: Sources): DocumentContents["open"] {
  return async ({ kind, contractKey, key }, call) => {
    const [document] = (await sources[kind]?.byKeys([{ contractKey, key }], call)) ?? [];
    if (!document) throw new PortError("NOT_FOUND", "beauceron: no such document of the contract");
    const { headers, body } = await client.file(at`/v2/documents/${key}/fichier`, call);
    const sizeBytes = sizeOf(headers);
    return {
      fileName: fileNameOf(headers, key),
      mediaType: "application/pdf",
      sizeBytes,
      body: await pdfBody(headers, body, sizeBytes),
    };
  };
}
