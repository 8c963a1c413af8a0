import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeXml } from "../kit/xml.ts";
import type { AppliedWrite } from "../kit/writes.ts";
import type { MockErp } from "../kit/product.ts";
import { contractsOf, personWith } from "../world/find.ts";
import { oddities } from "../world/oddities.ts";
import { createWorld } from "../world/world.ts";
import { callPavois, textsOf } from "./caller.ts";
import { keyOfContract } from "./keys.ts";
import { writeMessages, type WriteOperation } from "./messages-writes.ts";
import { namespaces } from "./namespaces.ts";
import { lint } from "./schema.ts";
import { startPavois } from "./start.ts";
import { usualMessage } from "./usual.ts";

const operations = Object.keys(writeMessages) as WriteOperation[];
const reference = (operation: string) => `essai-${operation}`;

describe("Pavois, where something is to be changed,", () => {
  let erp: MockErp;
  beforeAll(async () => {
    const world = createWorld({
      landlord: "la-rochelle",
      seed: 17,
      today: new Date().toISOString().slice(0, 10),
      people: 40,
      contracts: 60,
    });
    erp = await startPavois({ world });
  });
  afterAll(() => erp.close());

  /** The usual message about the contract of somebody who has everything, under a name of its own. */
  const message = (operation: WriteOperation): string => {
    const person = personWith(erp.world, oddities.everything);
    const contract = contractsOf(erp.world, person)[0]!;
    const nth = String(contract.number).padStart(5, "0");
    const [survey] = contract.surveys;
    return usualMessage(operation)
      .replace(/0192f3a4[^<]*/, reference(operation))
      .replace("L/2013936", keyOfContract(contract))
      .replace("O00001001", `O${nth}001`)
      .replaceAll("Q00001001", `Q${String(survey!.number).padStart(8, "0")}`)
      .replace("2026-12-31", `${new Date().getUTCFullYear() + 1}-12-31`)
      .replace("image/jpeg", "application/pdf");
  };
  const follow = async (...references: string[]) => {
    const asked = references.map((one) => `<ReferenceExterne>${one}</ReferenceExterne>`).join("");
    const body = `<SuivreModifications xmlns="${namespaces.mod}">${asked}</SuivreModifications>`;
    return (await callPavois(erp.url, body)).answer;
  };
  const writes = async () =>
    (await (await fetch(`${erp.doorUrl}/writes`)).json()) as AppliedWrite[];

  it("answers as its own XSDs say, whether it applies or refuses, and remembers either", async () => {
    const answers: string[] = [];
    const successes = new Map<string, string>();
    for (const operation of operations) {
      const { status, answer } = await callPavois(erp.url, message(operation));
      expect([answer.name, status]).toEqual([`${operation}Response`, 200]);
      answers.push(writeXml(answer));
      successes.set(operation, textsOf(answer, "Success")[0]!);
    }
    const told = await follow(...operations.map(reference));
    answers.push(writeXml(told));
    expect(await lint(answers)).toEqual(answers.map(() => null));
    expect(textsOf(told, "Operation")).toEqual(operations);
    expect(textsOf(told, "Etat").map((state) => String(state === "APPLIQUEE"))).toEqual([
      ...successes.values(),
    ]);
    const applied = operations.filter((operation) => successes.get(operation) === "true");
    expect((await writes()).map((write) => write.reference)).toEqual(applied.map(reference));
    expect(applied.length).toBeGreaterThan(8);
  });

  it("takes a payment once, and another change as often as it comes", async () => {
    const codes = async (operation: WriteOperation) =>
      textsOf((await callPavois(erp.url, message(operation))).answer, "ErrorCode");
    expect(await codes("EnregistrerReglementCarte")).toEqual(["620"]);
    const before = (await writes()).length;
    expect(await codes("DeclarerOccupant")).toEqual([""]);
    expect((await writes()).length).toBe(before + 1);
    expect(textsOf(await follow(reference("DeclarerOccupant")), "Etat")).toHaveLength(2);
  });

  it("says nothing of a reference that it never saw", async () => {
    const answer = await follow("jamais-vue");
    expect([textsOf(answer, "Success"), textsOf(answer, "Modification")]).toEqual([["true"], []]);
  });

  it("forgets nothing when it is restarted", async () => {
    await fetch(`${erp.doorUrl}/restart`, { method: "POST" });
    expect(textsOf(await follow(reference("ModifierLocataire")), "Etat")).toEqual(["APPLIQUEE"]);
  });
});
