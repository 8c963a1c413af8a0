import type { WorldNews } from "../../world/types.ts";
import { box, el } from "../format.ts";
import { keyOfNews } from "../keys.ts";
import { escapeXml } from "../../kit/xml.ts";
import { BusinessError, pageOf, type Answer } from "./answer.ts";

/** Newest first, but for the one that is pinned to the top. */
export const listNews: Answer = (request, directory) => {
  const key = request.values.NumeroTiers?.[0] ?? "";
  const person = directory.person(key);
  if (!person) throw new BusinessError(404, `Tiers inconnu : ${key}`);
  const news = directory.newsFor(person);
  const pinned = news[Math.floor(news.length / 2)];
  const list = pinned ? [pinned, ...news.filter((item) => item !== pinned)] : [];
  const shown = pageOf(list, request).map((item) => newsXml(item, item === pinned));
  return { xml: el("loc:NombreTotal", String(list.length)) + shown.join("") };
};

const newsXml = (item: WorldNews, pinned: boolean) =>
  box(
    "loc:Actualite",
    el("loc:NumeroActualite", keyOfNews(item)),
    el("loc:Epinglee", pinned ? "true" : undefined),
    el("loc:Titre", item.title),
    el("loc:Texte", htmlOf(item.text)),
    el("loc:PublieeLe", item.publishedOn),
  );

/** As the editor of Pavois's back office leaves it. */
const htmlOf = (text: string) =>
  `<p>${escapeXml(text)
    .replaceAll("é", "&eacute;")
    .replaceAll("«", "&laquo;")
    .replaceAll("\n", "<br />\r\n")}</p>\r\n<p>&nbsp;</p>`;
