/** Nobody sees another's data through the gateway, at whichever place of the schema an id is sent to. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subgraphs } from "../gateway/subgraphs.ts";
import type { Demo } from "../mocks/demo/start.ts";
import { createIds } from "../subgraphs/kernel/ids.ts";
import { faultsOf } from "./support/client.ts";
import { frontOf, startTestDemo } from "./support/demo.ts";
import { idsOfKind, oneOfOthers, someOf, typesBehind, untestedPlaces } from "./support/harvest.ts";
import { idPlaces } from "./support/id-places.ts";
import { api } from "./support/schema.ts";
import {
  castAll,
  comparable,
  elsewhere,
  enter,
  idsOfNothing,
  inTurn,
  landlords,
  noIds,
  type Casts,
} from "./support/people.ts";

const upload =
  "a file of somebody's is listed nowhere: gateway/uploads/uploads.test.ts tries another's";

const view =
  "only the landlord's own people have any use for it: tests/support-views.test.ts tries others'";

/** Places that take no id of anybody's, or of nothing that can be listed. */
const exempt = {
  "Mutation.renewInsurance(input.certificateUploadId)": upload,
  "Mutation.createServiceRequest(input.photoIds)": upload,
  "Mutation.saveSurveyDraft(input.members.taxNoticeUploadId)": upload,
  "Mutation.submitSurvey(input.members.taxNoticeUploadId)": upload,
  "Mutation.endSupportView(input.supportViewId)": view,
  "Support.acts(supportViewId)": view,
  "Mutation.register(input.consents.id)": "names a text of the landlord, the same for everybody",
};
const places = idPlaces(api).filter(({ name }) => !(name in exempt));

let demo: Demo;
let casts: Casts;
beforeAll(async () => {
  demo = await startTestDemo();
  casts = await castAll(demo, api);
});
afterAll(() => demo?.stop());

test("every place that takes an id is tried, at one landlord or another, with an id of each type", () => {
  const all = new Map(Object.values(casts).flatMap(({ neighbour }) => [...neighbour.ids]));
  expect(untestedPlaces(api, all, exempt)).toEqual([]);
});

const reading = places.filter(({ operation }) => operation?.startsWith("query"));

describe.each(landlords)("at %s", (landlord) => {
  test.each(reading)("$name shows its owner what is theirs", async ({ operation, kind }) => {
    const { neighbour } = casts[landlord];
    for (const type of typesBehind(api, kind!)) {
      const [id] = neighbour.ids.get(type) ?? [];
      if (id === undefined) continue;
      const answer = await neighbour.front(operation!, { id });
      expect(faultsOf(answer)).toEqual([]);
      expect(Object.values(answer.data)).not.toContain(null);
    }
  });

  describe.each(places)("$name", ({ operation, kind }) => {
    const types = () => typesBehind(api, kind!);

    test("B-02 answers to another's id as to one of nothing", async () => {
      const cast = casts[landlord];
      const ask = async (id: string) => comparable(await cast.asker.front(operation!, { id }));
      const [first, ...nothing] = idsOfNothing(demo, landlord, cast, types());
      const refusal = await ask(first!);
      expect(refusal).toContain('"code":"NOT_FOUND"');
      for (const id of nothing) {
        const answer = await ask(id);
        // One of the asker's own contract gets as far as to what this landlord does not offer.
        if (!answer.includes('"code":"NOT_SUPPORTED"')) expect(answer, id).toBe(refusal);
      }
      for (const id of someOf(cast.foreign, types())) expect(await ask(id), id).toBe(refusal);
    });
  });
});

// At one landlord each: an id is read the same way at all of them, and whoever is not signed in is
// turned away before it is.
describe.each(inTurn(places))("$name at $landlord", ({ operation, kind, landlord }) => {
  const types = () => typesBehind(api, kind!);

  test("B-02 answers to what is no id, or one of another type, as to one of nothing", async () => {
    const cast = casts[landlord];
    const ask = async (id: string) => comparable(await cast.asker.front(operation!, { id }));
    const refusal = await ask(idsOfNothing(demo, landlord, cast, types())[0]!);
    expect(refusal).toContain('"code":"NOT_FOUND"');
    for (const id of [...noIds(cast), ...oneOfOthers(cast.foreign, types())]) {
      expect(await ask(id), id).toBe(refusal);
    }
  });

  test("B-02 answers to nobody signed in as if all ids were nothing", async () => {
    const cast = casts[landlord];
    const nobody = frontOf(demo, landlord);
    const ask = async (id: string) => comparable(await nobody(operation!, { id }));
    const [first, ...nothing] = idsOfNothing(demo, landlord, cast, types());
    const refusal = await ask(first!);
    expect(refusal).toContain('"code":"FORBIDDEN"');
    for (const id of [
      ...nothing,
      ...noIds(cast),
      ...someOf(cast.foreign, types()),
      ...someOf(cast.asker.ids, types()),
    ]) {
      expect(await ask(id), id).toBe(refusal);
    }
  });
});

describe.each(landlords)("what somebody can reach at %s", (landlord) => {
  const whoIs = `{ viewer { email person { surname email }
    contracts { nodes { number signatories } } } }`;

  test("B-02 holds no name, address or number of a neighbour's or a stranger's", async () => {
    const { asker, neighbour, stranger } = casts[landlord];
    for (const other of [neighbour, stranger]) {
      const { data } = await other.front(whoIs);
      const { email, person, contracts } = data.viewer;
      const numbers = contracts.nodes.map(({ number }: { number: string }) => number);
      const telling = [email, person.surname, person.email, ...numbers];
      expect(telling.length).toBeGreaterThan(3);
      for (const text of telling) {
        expect(other.text).toContain(text);
        expect(asker.text.toLowerCase()).not.toContain(text.toLowerCase());
      }
    }
  });

  test("B-11 holds no id of a neighbour's or a stranger's", () => {
    const { asker, foreign } = casts[landlord];
    for (const id of [...foreign.values()].flatMap((ids) => [...ids])) {
      // A landlord's own id is a word that its address may hold too.
      if (id !== elsewhere(landlord)) expect(asker.text).not.toContain(id);
    }
  });

  test("B-10 is for co-tenants all of their common contract, under the same ids", async () => {
    const first = await enter(demo, api, landlord, "cotenantFirst");
    const second = await enter(demo, api, landlord, "cotenantSecond");
    const personal = new Set(["Viewer", "Person", "Ledger", "Property", "Candidacy", "Change"]);
    const shared = [...second.ids].filter(([type]) => !personal.has(type));
    expect(shared.map(([type]) => type)).toContain("RentNotice");
    for (const [type, ids] of shared) expect(first.ids.get(type), type).toEqual(ids);
    for (const { name, operation, kind } of reading.filter((one) => !personal.has(one.kind!))) {
      for (const id of idsOfKind(api, second.ids, kind!).slice(0, 2)) {
        const answer = await first.front(operation!, { id });
        expect(faultsOf(answer), name).toEqual([]);
        expect(Object.values(answer.data ?? {}), name).not.toContain(null);
      }
    }
    for (const type of ["Viewer", "Person"]) {
      expect(first.ids.get(type)).not.toEqual(second.ids.get(type));
    }
  });
});

describe("at the public edge, what only routers ask", () => {
  test.each([
    ["_service", "{ _service { sdl } }"],
    ["_entities", '{ _entities(representations: [{ __typename: "Contract" }]) { __typename } }'],
  ])("B-03 %s is an unknown field", async (_field, query) => {
    const { data, errors } = await casts.chartres.asker.front(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
  });
});

describe.each(landlords)("by ways around at %s", (landlord) => {
  const documents = () => someOf(casts[landlord].foreign, typesBehind(api, "Document"));

  test.each([
    ["the interface", "id title issuedOn download { url }"],
    ["a fragment on the interface", "... on Document { id title download { url } }"],
    [
      "fragments on its types",
      "... on RentNotice { id lines { label } } ... on FundsCall { id zone download { url } } ... on RentReceipt { id }",
    ],
  ])("B-04 another's document is not shown through %s", async (_way, selection) => {
    const { asker } = casts[landlord];
    for (const id of documents()) {
      const query = `query ($id: ID!) { document(id: $id) { __typename ${selection} } }`;
      const { data, errors } = await asker.front(query, { id });
      expect(data).toEqual({ document: null });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
    }
  });

  test("B-11 an id of here stands for nothing at another landlord, whatever it is of", () => {
    const there = createIds(demo.gateway.house.idSecret, elsewhere(landlord));
    const here = createIds(demo.gateway.house.idSecret, landlord);
    for (const id of casts[landlord].asker.ids.get("Contract")!) {
      expect(here.open("Contract", id)).not.toBeNull();
      expect(there.open("Contract", id)).toBeNull();
      expect(here.open("Person", id)).toBeNull();
    }
  });
});

test("B-04 no field is computed of what a router sends along, which could be anybody's", () => {
  for (const { name, sdl } of subgraphs) {
    expect(sdl, name).not.toMatch(/@(requires|provides|interfaceObject|fromContext)\b/);
  }
});

test("B-08 there are no subscriptions to cross: whoever adds one tries two at once here", () => {
  expect(api.getSubscriptionType()).toBeUndefined();
});
