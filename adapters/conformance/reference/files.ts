/** The documents of the reference adapter, and their files. */
import {
  documentContents,
  documentPorts,
  type DocumentContents,
  type DocumentKey,
  type DocumentKind,
  type DocumentsOf,
} from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Port, type Served } from "../../ports/port.ts";
import type { ContractPage } from "../../ports/billing.ts";
import type { ReferenceContract } from "./data.ts";
import { pageOf, reading, type House } from "./reads.ts";

const fields = {
  RENT_NOTICE: "rentNotices",
  RENT_RECEIPT: "rentReceipts",
  CHARGE_REGULARISATION: "chargeRegularisations",
  FUNDS_CALL: "fundsCalls",
  ASSEMBLY_MINUTES: "assemblyMinutes",
} as const satisfies Record<DocumentKind, keyof ReferenceContract>;

interface Document {
  readonly key: string;
  readonly title: string;
}

const pdf = Buffer.from("%PDF-1.4\n% the document\ntrailer<<>>\n%%EOF\n");

export function filePorts(house: House): Served[] {
  const { contracts } = house.data;
  const listOf = (kind: DocumentKind, contractKey: string): readonly Document[] =>
    contracts.get(contractKey)?.[fields[kind]] ?? [];
  const find = (kind: DocumentKind, { contractKey, key }: DocumentKey) =>
    listOf(kind, contractKey).find((one) => one.key === key) ?? null;
  const kinds = Object.keys(fields) as DocumentKind[];
  const served = kinds.map((kind) =>
    serve(documentPorts[kind] as Port<DocumentsOf<Document>>, {
      ofContracts: reading(house, `${fields[kind]} list`, (key: ContractPage) =>
        pageOf(listOf(kind, key.contractKey), key),
      ),
      byKeys: reading(house, fields[kind], (key: DocumentKey) => find(kind, key)),
    }),
  );
  const open: DocumentContents["open"] = async ({ kind, ...key }, call) => {
    const asked = { operation: "file", keys: [key] };
    const found = await house.wire.exchange(house.io, call, asked, () => find(kind, key));
    if (!found) throw new PortError("NOT_FOUND", "there is no such document");
    return {
      fileName: "document.pdf",
      mediaType: "application/pdf",
      sizeBytes: pdf.length,
      body: bytes(),
    };
  };
  return [...served, serve(documentContents, { open })];
}

async function* bytes(): AsyncIterable<Uint8Array> {
  yield pdf.subarray(0, 10);
  yield pdf.subarray(10);
}
