import { expect, it } from "vitest";
import { message } from "./messages.ts";

it("is in the language asked for", () => {
  expect(message("LINK_USED", "fr")).toBe("Ce lien a déjà servi.");
  expect(message("LINK_USED", "en")).toBe("This link has been used already.");
});

it("is filled with numbers, and with the landlord's own words in the same language", () => {
  expect(message("PASSWORD_TOO_SHORT", "fr", { count: 10 })).toContain("au moins 10 caractères");
  const label = { fr: "Référence client", en: "Customer reference" };
  expect(message("REQUIRED", "fr", { label })).toBe("« Référence client » est à remplir.");
  expect(message("REQUIRED", "en", { label })).toBe("“Customer reference” must be filled in.");
});

it("shows no brace where a value is not given", () => {
  expect(message("TOO_MANY_ATTEMPTS", "en", { minutes: 3 })).toBe(
    "Too many attempts. Try again in 3 min.",
  );
});
