import { graphql } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RequestContext, Viewer } from "../kernel/context.ts";
import { openDesk, type Desk } from "./fixtures/desk.ts";
import { exampleLandlord } from "./fixtures/landlord.ts";
import { without } from "./fixtures/paper-erp.ts";
import identity from "./index.ts";

const text = (fr: string, en: string) => ({ fr, en });
const help = [
  {
    rubric: text("Paiement", "Payment"),
    question: text("Comment payer ?", "How do I pay?"),
    answer: text("Par carte.", "By card."),
  },
];

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk(exampleLandlord({ help }));
});
afterEach(() => desk.store.close());

const viewer: Viewer = {
  accountId: "a1",
  sessionId: "s1",
  email: "jeanne@example.fr",
  personKeys: ["p-jeanne", "p-paul"],
};

async function ask(source: string, changes: Partial<RequestContext> = {}) {
  const contextValue = desk.context({ viewer, ...changes });
  const result = await graphql({ schema: identity.schema, source, contextValue });
  return JSON.parse(JSON.stringify(result)) as { data?: unknown; errors?: unknown[] };
}

describe("the roles of a viewer", () => {
  it("are those of all persons of the account, each once, tenant first", async () => {
    const { data } = await ask("{ viewer { roles } }");
    expect(data).toEqual({ viewer: { roles: ["TENANT", "CO_OWNER", "OWNER"] } });
  });
  it("are a tenant's where the landlord's system does not tell them", async () => {
    const ports = without(desk.context().ports, "roles");
    expect((await ask("{ viewer { roles } }", { ports })).data).toEqual({
      viewer: { roles: ["TENANT"] },
    });
  });
  it("are null, and the rest is served, when that system is down", async () => {
    desk.erp.down = true;
    const { data, errors } = await ask("{ viewer { email roles } }");
    expect(data).toEqual({ viewer: { email: "jeanne@example.fr", roles: null } });
    expect(errors).toMatchObject([{ extensions: { code: "UNAVAILABLE" } }]);
  });
});

describe("the professional situation", () => {
  const source = "{ viewer { person { professionalSituation { label employer since } } } }";
  it("is the person's", async () => {
    expect((await ask(source)).data).toEqual({
      viewer: {
        person: {
          professionalSituation: { label: "Salariée", employer: "Mairie", since: "2001-09-01" },
        },
      },
    });
  });
  it("is not supported where the landlord's system does not keep it", async () => {
    const ports = without(desk.context().ports, "professionalSituations");
    const { data, errors } = await ask(source, { ports });
    expect(data).toEqual({ viewer: { person: { professionalSituation: null } } });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_SUPPORTED" } }]);
  });
  it("is nobody else's, whoever asks for the entity", async () => {
    const id = desk.context().ids.seal("Person", "p-jeanne");
    const source = `{ _entities(representations: [{ __typename: "Person", id: "${id}" }]) {
      ... on Person { professionalSituation { label } } } }`;
    const stranger = { ...viewer, personKeys: ["p-paul"] };
    expect((await ask(source, { viewer: stranger })).data).toEqual({ _entities: [null] });
    expect((await ask(source)).data).toMatchObject({
      _entities: [{ professionalSituation: { label: "Salariée" } }],
    });
  });
});

describe("a landlord's help", () => {
  it("is public, with or without keywords, in the language asked for", async () => {
    const source = `{ landlord { helpRubrics all: help { question }
      found: help(search: "card", rubric: "Paiement") { rubric question answer } none: help(search: "loyer") { question } } }`;
    expect((await ask(source, { viewer: null, language: "en" })).data).toEqual({
      landlord: {
        helpRubrics: ["Payment"],
        all: [{ question: "How do I pay?" }],
        found: [{ rubric: "Payment", question: "How do I pay?", answer: "By card." }],
        none: [],
      },
    });
  });
});
