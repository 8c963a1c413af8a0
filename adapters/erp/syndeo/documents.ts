import type { z } from "zod";
import {
  assemblyMinutes,
  documentContents,
  fundsCalls,
  rentNotices,
  rentReceipts,
  type DocumentContents,
  type DocumentKind,
  type DocumentsOf,
} from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { pdfName } from "../../transport/pdf.ts";
import { at, type Client } from "./client.ts";
import { pagesOf } from "./lists.ts";
import * as map from "./map-documents.ts";
import * as owned from "./owned.ts";
import { ContratTenu, names } from "./wire.ts";
import { AppelFonds, AppelLoyer, Pv, Quittance, type Zone } from "./wire-documents.ts";

export function documentPorts(client: Client): Served[] {
  const sources = {
    FUNDS_CALL: documentsOf(client, {
      nature: "APPEL_FONDS",
      name: names.FUNDS_CALL,
      shape: AppelFonds,
      show: map.fundsCall,
    }),
    ASSEMBLY_MINUTES: documentsOf(client, {
      nature: "PV",
      name: names.ASSEMBLY_MINUTES,
      shape: Pv,
      show: map.assemblyMinutes,
    }),
    RENT_RECEIPT: documentsOf(client, {
      nature: "QUITTANCE",
      name: names.RENT_RECEIPT,
      shape: Quittance,
      show: map.rentReceipt,
    }),
    RENT_NOTICE: documentsOf(client, {
      nature: "APPEL_LOYER",
      name: names.RENT_NOTICE,
      shape: AppelLoyer,
      show: map.rentNotice,
    }),
  };
  return [
    serve(fundsCalls, sources.FUNDS_CALL),
    serve(assemblyMinutes, sources.ASSEMBLY_MINUTES),
    serve(rentReceipts, sources.RENT_RECEIPT),
    serve(rentNotices, sources.RENT_NOTICE),
    serve(documentContents, { open: openWith(client, sources) }),
  ];
}

interface Kind<W, D> {
  readonly nature: string;
  readonly name: RegExp;
  readonly shape: z.ZodType<W>;
  readonly show: (record: W) => D;
}

interface Document {
  readonly Contrat: string;
  readonly Reference: string;
  readonly Zone?: Zone;
}

function documentsOf<W extends Document, D>(client: Client, kind: Kind<W, D>): DocumentsOf<D> {
  const { nature, name, shape, show } = kind;
  return {
    ofContracts: pagesOf(async (key, call) => {
      const path = at`/Api/Contrats/${key}/Documents`;
      const asked = { path, query: { Nature: nature }, shape };
      const { data } = await owned.listOf(client, owned.contract(key), asked, call);
      return (await visible(client, key, data, call)).map(show);
    }),
    byKeys: (keys, call) =>
      eachOnce(keys, JSON.stringify, async ({ contractKey, key }) => {
        if (!name.test(key)) return null;
        const found = await client.read({ path: at`/Api/Documents/${key}`, shape }, call);
        if (found?.data.Contrat !== contractKey) return null;
        if (found.data.Reference !== key) throw owned.notAskedFor();
        const [shown] = await visible(client, contractKey, [found.data], call);
        return shown ? show(shown) : null;
      }),
  };
}

/**
 * Without what is the council's, unless a holder of the contract sits on it: syndeo shows every
 * zone to anybody. Asks who sits there only where it matters.
 */
async function visible<W extends Document>(
  client: Client,
  contract: string,
  documents: readonly W[],
  call: Call,
): Promise<readonly W[]> {
  if (!documents.some(({ Zone }) => Zone === "CONSEIL")) return documents;
  const asked = { path: at`/Api/Contrats/${contract}`, shape: ContratTenu };
  const found = await owned.oneOf(client, owned.contract(contract), asked, call);
  return found?.data.MembreConseil ? documents : documents.filter(({ Zone }) => Zone !== "CONSEIL");
}

type Titled = { readonly title: string } | null;
type Sources = { readonly [K in DocumentKind]?: Pick<DocumentsOf<Titled>, "byKeys"> };

/** Asks whose the document is before it opens the file, which syndeo gives to anybody. */
function openWith(client: Client, sources: Sources): DocumentContents["open"] {
  return async ({ kind, contractKey, key }, call) => {
    const source = sources[kind];
    const [document] = source ? await source.byKeys([{ contractKey, key }], call) : [];
    const file = document ? await client.file(at`/Documents/${key}.pdf`, call) : null;
    if (!document || !file) {
      throw new PortError("NOT_FOUND", "syndeo: no such document of the contract");
    }
    // syndeo names no file.
    return { fileName: pdfName(document.title), mediaType: "application/pdf", ...file };
  };
}
