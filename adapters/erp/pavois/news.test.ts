import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { news, NewsItem } from "../../ports/contract.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

describe("News at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
    // Recorded with four of thirty-one.
    erp.change("ListerActualites", (text) => text.replace("NombreTotal>31<", "NombreTotal>4<"));
  });
  afterEach(() => erp.close());

  const found = async () => (await erp.use(news).ofPersons(["T0000013"], call))[0]!;

  it("come newest first, wherever Pavois pinned one", async () => {
    const list = await found();
    expect(list.map(({ key, publishedOn }) => [key, publishedOn])).toEqual([
      ["A059", "2026-10-16"],
      ["A057", "2026-09-22"],
      ["A055", "2026-08-12"],
      ["A031", "2025-06-05"],
    ]);
    for (const item of list) NewsItem.parse(item);
  });

  it("are plain text, with the lines that a reader of the HTML would see", async () => {
    expect((await found())[1]).toEqual({
      key: "A057",
      title: "Vos services changent d’horaires",
      text: "À compter du 1er du mois, l’accueil ouvre de 9 h à 12 h 30 & de 14 h à 17 h.\nFermé le jeudi matin.",
      publishedOn: "2026-09-22",
    });
  });

  it("that are a picture alone have their title for a text", async () => {
    erp.change("ListerActualites", (text) =>
      text
        .replace("NombreTotal>31<", "NombreTotal>4<")
        .replaceAll(/<loc:Texte>[^<]*</g, "<loc:Texte>&lt;p&gt;&lt;img src=x&gt;&lt;/p&gt;<"),
    );
    expect((await found())[1]!.text).toBe("Vos services changent d’horaires");
  });

  it("are 50 at most, and asked for to the end, for what is pinned hides how old the rest is", async () => {
    let page = 0;
    erp.change("ListerActualites", (text) => {
      const item = /<loc:Actualite>(?:(?!<loc:Epinglee>).)*?<\/loc:Actualite>/s.exec(text)![0];
      const from = 50 * page++;
      const items = Array.from({ length: page === 1 ? 50 : 10 }, (_, i) =>
        item.replace(/>A\d+</, `>A${from + i}<`),
      );
      return text
        .replace("NombreTotal>31<", "NombreTotal>60<")
        .replace(/<loc:Actualite>.*<\/loc:Actualite>/s, items.join(""));
    });
    expect(await found()).toHaveLength(50);
    expect(erp.requests.map((body) => /SkipRecords[^>]*>(\d+)</.exec(body)![1])).toEqual([
      "0",
      "50",
    ]);
  });

  it("are none for a person whom Pavois does not know, or whose key is none", async () => {
    erp.always("erreur-404.xml");
    expect(await erp.use(news).ofPersons(["T9999999", "x"], call)).toEqual([[], []]);
    expect(erp.requests).toHaveLength(1);
  });
});
