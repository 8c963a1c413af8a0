import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Occupant, occupants } from "../../ports/contract.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const contractKey = "L/2013949";

describe("Occupants at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const found = async () => (await erp.use(occupants).ofContracts([contractKey], call))[0]!;
  const keys = async () => (await found()).map(({ key }) => key);

  it("are read with their relationship and the day they moved in", async () => {
    const [first, ...others] = await found();
    expect(first).toEqual({
      key: "O00014001",
      contractKey,
      surname: "Lefebvre",
      givenName: "Maël",
      birthDate: "1987-12-20",
      relationship: "Conjoint",
      since: "2020-04-01",
    });
    for (const one of others) Occupant.parse(one);
  });

  it("are neither the signatories nor those who have left", async () => {
    const list = await keys();
    expect(list).not.toContain("T0000013");
    expect(list).not.toContain("O00014901");
    expect(list).toHaveLength(7);
  });

  it("are still there until the day they leave, that day included", async () => {
    expect(await keys()).toContain("O00014007");
    erp.change("ListerOccupants", (text) => text.replace("2026-12-20", "2026-11-20"));
    expect(await keys()).toContain("O00014007");
    erp.change("ListerOccupants", (text) => text.replace("2026-12-20", "2026-11-19"));
    expect(await keys()).not.toContain("O00014007");
  });

  it("have left when the day is over where Pavois is, though not yet in Greenwich", async () => {
    await erp.close();
    erp = await replayPavois("2026-12-20T23:30:00Z");
    expect(await keys()).not.toContain("O00014007");
  });

  it("are nobody for a contract that is unknown, or whose key is none", async () => {
    expect(await erp.use(occupants).ofContracts(["L/2013950", "x"], call)).toEqual([[], []]);
    expect(erp.operations()).toEqual(["ListerOccupants"]);
  });

  it("without a name are refused", async () => {
    erp.change("ListerOccupants", (text) => text.replace(">Lefebvre<", "><"));
    await expect(found()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});
