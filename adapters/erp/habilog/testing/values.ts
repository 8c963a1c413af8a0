/** For tests: values that Habilog takes. */
export const bank = { iban: "FR7630006000011234567890189", bic: "AGRIFRPP", holder: "Noël Müller" };
export const address = {
  lines: ["3, rue de l'Église", "Bât. B – esc. 2"],
  postalCode: "94 200",
  city: "Ivry-sur-Seine",
  country: "FR",
};
export const addressTaken = { ...address, lines: ["3, rue de l'Église", "Bât. B - esc. 2"] };
export const occupant = {
  surname: "L’Œillet",
  givenName: "Zoé",
  birthDate: "2019-02-28",
  relationship: "Enfant",
  since: "2019-03-03",
};
