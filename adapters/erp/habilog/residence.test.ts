import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildingContacts, occupants } from "../../ports/contract.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";

const contractKey = "L1200227";

describe("Who lives in a dwelling of Habilog's", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const household = async () => (await erp.use(occupants).ofContracts([contractKey], call))[0]!;

  it("is listed without the signatories, whom Habilog counts as well", async () => {
    expect(await household()).toEqual([
      {
        key: "O227001",
        contractKey,
        surname: "Kowalski",
        givenName: "Inès",
        birthDate: "2013-10-24",
        relationship: "Enfant",
        since: null,
      },
      {
        key: "O227002",
        contractKey,
        surname: "Kowalski",
        givenName: "Éloïse",
        birthDate: "2014-10-03",
        relationship: "Enfant",
        since: "2023-06-08",
      },
    ]);
  });

  it("may be nobody but the signatory, alone in the list", async () => {
    erp.change("ListerOccupants", (text) =>
      text.replace(/(<Occupant>.*?<\/Occupant>).*(<\/ListerOccupantsResult>)/s, "$1$2"),
    );
    expect(await household()).toEqual([]);
  });

  it("is refused where Habilog does not say who is a signatory", async () => {
    erp.change("ListerOccupants", (text) => text.replace("<Titulaire>N<", "<Titulaire> <"));
    await expect(household()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("may ask people whose telephone or e-mail is blank", async () => {
    const [contacts] = await erp.use(buildingContacts).ofContracts([contractKey], call);
    expect(contacts).toEqual([
      {
        role: "Agence",
        name: "Antenne Petit-Ivry & Monmousseau",
        phone: "+33199000010",
        email: "agence@example.org",
      },
      { role: "Gardien·ne", name: "Loge « Bel-Air »", phone: null, email: null },
    ]);
  });
});
