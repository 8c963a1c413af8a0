/** beauceron's habits on the wire: pages, ETags, errors that tell too much. */
import { createHash } from "node:crypto";
import { fileBody } from "../kit/file.ts";
import type { MockAnswer, MockRequest } from "../kit/product.ts";
import type { PdfFile } from "../world/pdf.ts";
import type { Result } from "./operations.ts";
import type { Motif } from "./rules.ts";

/** Whatever `limit` asks for, a page holds no more. */
const pageCap = 25;
/** X-Total-Count says no more, however long the list is. */
const countCap = 100;

const noise =
  "org.postgresql.util.PSQLException: ERROR: SELECT l.* FROM bcn_core.t_locataire l WHERE l.cle=? " +
  "[10.2.0.17:5432/bcn_prod]\n\tat fr.beauceron.dao.JdbcDao.load(JdbcDao.java:212)";

export function errorAnswer(
  code: number,
  message: string,
  more: { motif?: Motif; champ?: string; headers?: Record<string, string> } = {},
): MockAnswer {
  const { headers = {}, ...known } = more;
  const error = { code, ...known, message: `${message} ${noise}` };
  return json(code, { error }, headers);
}

/** An operation's result as an answer to a request. */
export function answerOf(result: Result, page: { limit: number; offset: number }): MockAnswer {
  if ("missing" in result) {
    return errorAnswer(404, result.missing, { motif: "RESSOURCE_INCONNUE" });
  }
  if ("file" in result) return fileAnswer(result.file);
  if ("refused" in result) {
    const { status, ...why } = result.refused;
    return errorAnswer(status, "BusinessRuleException", why);
  }
  if ("one" in result) return json(200, result.one);
  if ("created" in result) return json(201, result.created);
  if ("done" in result) return { status: 204, headers: {}, body: "" };
  const end = page.offset + Math.min(page.limit, pageCap);
  const slice = result.list.slice(page.offset, end);
  if (slice.length === 0) return { status: 204, headers: {}, body: "" };
  const show = (result.show ?? ((item: unknown) => item)) as (item: unknown) => unknown;
  const count = String(Math.min(result.list.length, countCap));
  return json(200, slice.map(show), { "x-total-count": count });
}

function json(status: number, data: unknown, headers: Record<string, string> = {}): MockAnswer {
  const body = Buffer.from(JSON.stringify(data));
  const type = { "content-type": "application/json; charset=utf-8" };
  return { status, headers: { ...type, "content-length": String(body.length), ...headers }, body };
}

function fileAnswer({ title, pdf }: { title: string; pdf: PdfFile }): MockAnswer {
  const plain = `${title.normalize("NFD").replace(/[^\w -]/g, "")}.pdf`;
  const full = encodeURIComponent(`${title}.pdf`).replaceAll("'", "%27");
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
  return {
    status: 200,
    headers: {
      "content-type": "application/pdf",
      "content-length": String(pdf.size),
      "content-disposition": disposition,
    },
    body: fileBody(pdf),
  };
}

export const etagOf = (body: Buffer): string =>
  `"${createHash("sha1").update(body).digest("hex")}"`;

/** Adds an ETag to a JSON answer, and answers 304 to who has it already. */
export function withETag(request: MockRequest, answer: MockAnswer): MockAnswer {
  const type = answer.headers["content-type"] ?? "";
  if (answer.status !== 200 || !type.startsWith("application/json")) return answer;
  const etag = etagOf(answer.body as Buffer);
  const known = request.headers["if-none-match"];
  if (known === etag) return { status: 304, headers: { etag }, body: "" };
  return { ...answer, headers: { ...answer.headers, etag } };
}
