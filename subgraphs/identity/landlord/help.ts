import type { Landlord as LandlordFile, Language, Texts } from "../../kernel/landlord.ts";
import { foldLetters } from "../fold.ts";
import type { HelpArticle } from "./types.ts";

/** What is looked for in the landlord's help; both are optional. */
export interface HelpQuestion {
  readonly search?: string | null;
  /** A title of `helpRubrics`, in either language. */
  readonly rubric?: string | null;
}

type Needs = { readonly landlord: LandlordFile; readonly language: Language };
type Article = LandlordFile["help"][number];

/** Longer searches are no keywords, and longer rubrics none of ours. */
const longestSearch = 200;

/** The titles of the rubrics, each once, in the order of the file. */
export function helpRubrics({ landlord, language }: Needs): string[] {
  return [...new Set(landlord.help.map(({ rubric }) => rubric[language]))];
}

/**
 * The landlord's help articles in the language asked for. With a search, those that have every word
 * of it, a word that begins with it or its plural; first those that have more of them in the question.
 */
export function helpArticles(
  { landlord, language }: Needs,
  { search, rubric }: HelpQuestion,
): HelpArticle[] {
  const asked = [...new Set(wordsOf((search ?? "").slice(0, longestSearch)))];
  const title = plain((rubric ?? "").slice(0, longestSearch));
  return landlord.help
    .filter((article) => title === "" || isOf(title, article.rubric))
    .map((article) => ({ article, found: find(asked, article, language) }))
    .filter(({ found }) => found.everywhere)
    .toSorted((one, other) => other.found.inQuestion - one.found.inQuestion)
    .map(({ article: { rubric: own, question, answer } }) => ({
      rubric: own[language],
      question: question[language],
      answer: answer[language],
    }));
}

const plain = (text: string) => foldLetters(text).trim();

const isOf = (title: string, rubric: Texts) =>
  [rubric.fr, rubric.en].some((each) => plain(each) === title);

function find(asked: readonly string[], { question, answer }: Article, language: Language) {
  const inQuestion = beginnings(asked, question[language]);
  const inAnswer = beginnings(asked, answer[language]);
  return {
    inQuestion: inQuestion.size,
    everywhere: inQuestion.union(inAnswer).size === asked.length,
  };
}

/** Those of the words with which a word of the text begins. */
function beginnings(asked: readonly string[], text: string): Set<string> {
  const words = [...wordsOf(text), ...wordsOf(text.replace(apostrophes, ""))];
  return new Set(asked.filter((each) => words.some((word) => answers(word, each))));
}

/** `proces-verbaux` for `proces-verbal`, and the other way round, as well as what begins alike. */
function answers(word: string, asked: string): boolean {
  return word.startsWith(asked) || singular(word) === singular(asked);
}

/** The usual plurals of French and of English taken off; words of three letters stay. */
function singular(word: string): string {
  if (word.length < 4) return word;
  return word
    .replace(/eaux$/u, "eau")
    .replace(/(?<!e)aux$/u, "al")
    .replace(/[sx]$/u, "");
}

const apostrophes = /['’ʼ‘`´′]/gu;
/** `l'`, `d'`, `qu'` and the like, which people type or leave out. */
const elided = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|(?:jus|lors|puis)?qu)['’ʼ‘`´′]/gu;

function wordsOf(text: string): string[] {
  const letters = foldLetters(text.replace(/[‘’ʼ`´′]/gu, "'")).replace(elided, " ");
  return letters.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
