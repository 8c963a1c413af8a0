/** What the operations of all domains share. */
import type { PavoisRequest } from "../messages.ts";
import type { Directory } from "../directory.ts";
import type { PdfFile } from "../../world/pdf.ts";
import type { WorldContract } from "../../world/types.ts";

/** What an operation says on success. */
export interface Reply {
  /** The elements after those of WebResponse. */
  xml: string;
  /** Goes out beside the envelope; `xml` refers to it by `cid:` and this id. */
  attachment?: { id: string; contentType: string; file: PdfFile };
}

export type Answer = (request: PavoisRequest, directory: Directory) => Reply;

/** Told inside a 200, as `WebResponse{Success=false}`. */
export class BusinessError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** More than this is never given in one call, whatever MaxRecords says. */
const mostRecords = 50;

export const pageOf = <T>(list: readonly T[], { skip, max }: PavoisRequest): T[] =>
  list.slice(skip, skip + Math.min(max, mostRecords));

/** The contracts asked for, each once, without those that do not exist. */
export function contractsAsked(request: PavoisRequest, directory: Directory): WorldContract[] {
  return [...new Set(request.values.NumeroContrat)].flatMap((key) => directory.contract(key) ?? []);
}

/** The one contract asked for. */
export function contractAsked(request: PavoisRequest, directory: Directory): WorldContract {
  const key = request.values.NumeroContrat?.[0] ?? "";
  const contract = directory.contract(key);
  if (!contract) throw new BusinessError(404, `Contrat inconnu : ${key}`);
  return contract;
}
