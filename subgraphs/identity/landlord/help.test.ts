import { describe, expect, it } from "vitest";
import { exampleLandlord } from "../fixtures/landlord.ts";
import { helpArticles, helpRubrics } from "./help.ts";

const rubrics = {
  payment: { fr: "Paiement", en: "Payment" },
  assembly: { fr: "Assemblée générale", en: "General meeting" },
};
const article = (rubric: keyof typeof rubrics, question: string, answer: string) => ({
  rubric: rubrics[rubric],
  question: { fr: question, en: `In English: ${question}` },
  answer: { fr: answer, en: "The answer." },
});

const landlord = exampleLandlord({
  help: [
    article("payment", "Comment payer par carte ?", "Ou choisissez le prélèvement automatique."),
    article(
      "payment",
      "Comment mettre en place le prélèvement ?",
      "Donnez votre IBAN, aujourd'hui.",
    ),
    article("assembly", "Où lire le procès-verbal de l’assemblée ?", "Dans « Mes documents »."),
    article("assembly", "Qui vote ?", "Les copropriétaires, le cœur de l'immeuble."),
  ],
});

const find = (search: string, rubric: string | null = null) =>
  helpArticles({ landlord, language: "fr" }, { search, rubric }).map(({ question }) =>
    question.split(" ").at(-2),
  );

describe("help", () => {
  it("is all of it, in the landlord's order, when nothing is looked for", () => {
    for (const nothing of [{}, { search: null, rubric: null }, { search: " ?", rubric: " " }]) {
      expect(helpArticles({ landlord, language: "fr" }, nothing)).toHaveLength(4);
    }
    expect(find("")).toEqual(["carte", "prélèvement", "l’assemblée", "vote"]);
  });
  it("has its rubrics once each, and keeps to the one asked for, in whichever language", () => {
    expect(helpRubrics({ landlord, language: "en" })).toEqual(["Payment", "General meeting"]);
    for (const rubric of ["Assemblée générale", "assemblee generale", "General meeting"]) {
      expect(find("", rubric)).toEqual(["l’assemblée", "vote"]);
    }
    expect(find("", "Autre")).toEqual([]);
  });
  it.each([
    ["prelevement"],
    ["PRÉLÈVEMENT"],
    ["prélev"],
    ["« prélèvement » !"],
    ["pre\u0301levement"],
    ["le prélèvement"],
    ["prélèvements"],
  ])("finds « prélèvement » for %j, in a question before an answer", (search) => {
    expect(find(search)).toEqual(["prélèvement", "carte"]);
  });
  it.each([
    ["assemblée", "l’assemblée"],
    ["l'assemblee", "l’assemblée"],
    ["d`assemblée", "l’assemblée"],
    ["lassemblee", "l’assemblée"],
    ["proces verbal", "l’assemblée"],
    ["procès-verbaux", "l’assemblée"],
    ["copropriétaire", "vote"],
    ["coeur", "vote"],
    ["cœur d’immeuble", "vote"],
    ["aujourdhui", "prélèvement"],
    ["aujourd’hui", "prélèvement"],
  ])("finds by %j whatever its apostrophes, hyphens and ligatures", (search, question) => {
    expect(find(search)).toEqual([question]);
  });
  it("needs every word, in the question or the answer", () => {
    expect(find("iban prélèvement")).toEqual(["prélèvement"]);
    expect(find("iban carte")).toEqual([]);
    expect(find("lèvement")).toEqual([]);
  });
  it("takes what is no pattern for what it is, however long", () => {
    expect(find("(.*)+$")).toHaveLength(4);
    expect(find(`carte ${"x".repeat(100_000)}`)).toEqual([]);
  });
  it("answers in the language asked for, and looks in that one", () => {
    const english = helpArticles({ landlord, language: "en" }, { search: "english carte" });
    expect(english).toEqual([
      {
        rubric: "Payment",
        question: "In English: Comment payer par carte ?",
        answer: "The answer.",
      },
    ]);
    expect(helpArticles({ landlord, language: "en" }, { search: "copropriétaires" })).toEqual([]);
  });
});
