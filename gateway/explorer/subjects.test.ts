import { expect, test } from "vitest";
import { readOperations } from "../operations.ts";
import { bySubject } from "./subjects.ts";
import { languageOf } from "./texts.ts";

const saved = readOperations(new URL("../../schema/", import.meta.url));

test("each saved operation is under one subject, with what it is for", () => {
  const subjects = bySubject(saved);
  const listed = subjects.flatMap(({ operations }) => operations);
  expect(listed.map(({ name }) => name).toSorted()).toEqual(
    saved.map(({ name }) => name).toSorted(),
  );
  expect(subjects.map(({ title }) => title.en)).not.toContain("Others");
  expect(listed.filter(({ about }) => about.length < 20)).toEqual([]);
  expect(listed.find(({ name }) => name === "F06-sign-in")).toMatchObject({
    kind: "mutation",
    about: expect.stringMatching(/^The page "Se connecter"\. Send/),
  });
});

test("what only the landlord's own people ask is together", () => {
  const { operations } = bySubject(saved).find(({ title }) => title.en.startsWith("Support"))!;
  const names = operations.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "B07-support-erp-drift",
      "B10-support-erase-account",
      "F18-support-change",
    ]),
  );
});

test("a search finds all of its words, in any order, wherever they stand", () => {
  const names = bySubject(saved, "desk  RECEIPT person").flatMap(({ operations }) =>
    operations.map(({ name }) => name),
  );
  expect(names).toContain("F18-support-change");
  expect(bySubject(saved, "no such operation")).toEqual([]);
});

test("an operation of nobody's feature list is listed all the same", () => {
  const [subject] = bySubject([{ name: "mine", text: "{ viewer { id } }" }]);
  expect(subject).toMatchObject({
    title: { fr: "Autres" },
    operations: [{ name: "mine", kind: "query", about: "" }],
  });
});

test.each([
  [["fr-FR", "en"], "fr"],
  [["en-GB", "fr"], "en"],
  [["de", "en-US"], "en"],
  [["de"], "fr"],
  [[], "fr"],
] as const)("a browser that prefers %j is spoken to in %s", (preferred, language) => {
  expect(languageOf(preferred)).toBe(language);
});
