import type { AtForm, Form, Kind } from "./kinds.ts";
import { holds } from "./marks.ts";

const fields: ((at: AtForm) => Record<string, unknown>)[] = [
  ({ mark }) => ({ email: `${mark.word}@example.org` }),
  ({ mark }) => ({
    address: {
      lines: [`${mark.number} rue ${mark.word}`],
      postalCode: "17000",
      city: "La Rochelle",
    },
  }),
];

function personalData(at: AtForm): Form {
  const field = at.random.pick(fields as [(typeof fields)[number]])(at);
  return {
    mutation: "changePersonalData",
    input: { personId: at.facts.personId, ...field },
    marks: [holds(at.mark.word)],
  };
}

const professionalSituation = ({ facts, mark }: AtForm): Form => ({
  mutation: "changeProfessionalSituation",
  input: { personId: facts.personId, label: "Salariée", employer: mark.word },
  marks: [holds(mark.word)],
});

export const personKinds: readonly Kind[] = [
  { port: "personChanges", about: "person", fillIn: personalData },
  { port: "professionalSituationChanges", about: "person", fillIn: professionalSituation },
];
