/** What people change, from the mutation over HTTP to the landlord's system, whatever happens between. */
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import type { AppliedWrite } from "../mocks/kit/writes.ts";
import { ask, asked, changeAt } from "./support/changes.ts";
import { operation, type Client } from "./support/client.ts";
import { door, signedInAs, startTestDemo } from "./support/demo.ts";
import { mailsTo, mailTo } from "./support/mails.ts";
import { samples, sendUpload } from "./support/uploads.ts";

let folder: string;
let demo: Demo;
/** At La Rochelle, with three contracts; a neighbour; somebody at Coop'Ivry. */
let front: Client;
let neighbour: Client;
let ivry: Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-changes-"));
  const landlords = join(folder, "landlords");
  await cp(new URL("../landlords/", import.meta.url), landlords, { recursive: true });
  // Nobody waits here for as long as an ERP may be at work.
  const file = join(landlords, "la-rochelle.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace("  product: pavois\n", "  product: pavois\n  settleMs: 100\n"),
  );
  const TROUSSEAU_UPLOADS = join(folder, "files");
  demo = await startTestDemo({
    environment: { TROUSSEAU_LANDLORDS: landlords, TROUSSEAU_UPLOADS },
  });
  front = await signedInAs(demo, "la-rochelle", "threeContracts");
  neighbour = await signedInAs(demo, "la-rochelle", "everything");
  ivry = await signedInAs(demo, "ivry", "everything");
});
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => door(demo, "la-rochelle").calm());

const erp = () => door(demo, "la-rochelle");

/** What the ERP wrote since the last look. */
const seen = new Map<string, number>();
async function newWrites(landlord = "la-rochelle"): Promise<AppliedWrite[]> {
  const all = await door(demo, landlord).writes();
  const fresh = all.slice(seen.get(landlord) ?? 0);
  seen.set(landlord, all.length);
  return fresh;
}

async function viewerOf(asking: Client) {
  const { data } = await asking(
    "{ viewer { email person { id } contracts { nodes { id status occupants { id } } } } }",
  );
  const { email, person, contracts } = data.viewer;
  const { nodes } = contracts as { nodes: { id: string; status: string }[] };
  const idOf = (status: string) => nodes.find((contract) => contract.status === status)?.id;
  return {
    email,
    personId: person.id as string,
    contractId: idOf("ACTIVE")!,
    endedId: idOf("ENDED"),
  };
}

const billing = {
  recipient: "Mme Martin",
  address: { lines: ["4 rue du Port"], postalCode: "17000", city: "La Rochelle" },
};
const billingOf = async (asking: Client, more: object = {}) => {
  const { contractId } = await viewerOf(asking);
  return { contractId, ...billing, ...more };
};

describe("a key of the client's own", () => {
  test("H-03 makes a repeat the same change, written once", async () => {
    const input = await billingOf(front, { idempotencyKey: "once-and-again" });
    const first = await asked(front, "F16-change-billing-address", input);
    const turned = (value: object) => Object.fromEntries(Object.entries(value).toReversed());
    const reordered = turned({ ...input, address: turned(input.address) });
    const again = await asked(front, "F16-change-billing-address", reordered);
    expect(again).toMatchObject({ id: first.id, receipt: first.receipt });
    await changeAt(front, first.id, "APPLIED");
    expect(await newWrites()).toMatchObject([
      { kind: "billingAddressChanges", reference: first.receipt, content: billing },
    ]);
  });

  test("H-02 is not for anything else", async () => {
    const input = await billingOf(front, { idempotencyKey: "once-and-again", recipient: "Other" });
    const { change, userErrors } = await ask(front, "F16-change-billing-address", input);
    expect(change).toBeNull();
    expect(userErrors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] },
    ]);
    const { personId } = await viewerOf(front);
    const person = { personId, phones: ["0546004994"], idempotencyKey: "once-and-again" };
    const other = await ask(front, "F14-change-personal-data", person);
    expect(other.userErrors).toMatchObject([{ code: "IDEMPOTENCY_KEY_REUSED" }]);
    expect(await newWrites()).toEqual([]);
  });

  test("H-01 gives twenty who ask at once one change, written once", async () => {
    const input = await billingOf(front, { idempotencyKey: "twenty-at-once", recipient: "Vingt" });
    const all = await Promise.all(
      Array.from({ length: 20 }, () => asked(front, "F16-change-billing-address", input)),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    await changeAt(front, all[0]!.id, "APPLIED");
    expect(await newWrites()).toHaveLength(1);
  });

  test("makes the repeat of a removal the same change, though nobody is there any more", async () => {
    const { contractId } = await viewerOf(front);
    const occupant = { surname: "Passage", givenName: "Éva" };
    const added = await asked(front, "F15-add-occupant", { contractId, occupant });
    await changeAt(front, added.id, "APPLIED");
    const { data } = await front(operation("F15-occupants"), { id: contractId });
    const there = data.contract.occupants as { id: string; surname: string }[];
    const occupantId = there.find(({ surname }) => surname === "Passage")!.id;
    const input = { occupantId, idempotencyKey: "gone-for-good" };
    const removed = await asked(front, "F15-remove-occupant", input);
    await changeAt(front, removed.id, "APPLIED");
    expect((await asked(front, "F15-remove-occupant", input)).id).toBe(removed.id);
    const { errors } = await ask(front, "F15-remove-occupant", { occupantId });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect(await newWrites()).toHaveLength(2);
  });

  test("H-02 is each account's own", async () => {
    const idempotencyKey = "of-two-accounts";
    const [mine, theirs] = await Promise.all([
      asked(front, "F16-change-billing-address", await billingOf(front, { idempotencyKey })),
      asked(
        neighbour,
        "F16-change-billing-address",
        await billingOf(neighbour, { idempotencyKey }),
      ),
    ]);
    expect(mine.id).not.toBe(theirs.id);
    await changeAt(front, mine.id, "APPLIED");
    await changeAt(neighbour, theirs.id, "APPLIED");
    expect(await newWrites()).toHaveLength(2);
  });
});

const codesOf = async (name: string, input: object, asking = front) => {
  const { change, userErrors, errors } = await ask(asking, name, input);
  expect(errors).toBeUndefined();
  expect(change).toBeNull();
  return userErrors.map(({ code, field }) => [code, field?.join(".")]);
};

describe("bad input", () => {
  test("is told field by field, and never reaches the ERP", async () => {
    const { personId, contractId, endedId } = await viewerOf(front);
    const address = { lines: ["x".repeat(39), "b", "c"], postalCode: "1700", city: "" };
    await erp().forgetCalls();
    expect(
      await codesOf("F14-change-personal-data", {
        personId,
        surname: "Neuf",
        email: "nobody",
        phones: ["0546004994", "12"],
        address,
      }),
    ).toEqual([
      ["NOT_CHANGEABLE", "surname"],
      ["INVALID_FORMAT", "email"],
      ["INVALID_FORMAT", "phones.1"],
      ["TOO_LONG", "address.lines.0"],
      ["INVALID_FORMAT", "address.postalCode"],
      ["REQUIRED", "address.city"],
    ]);
    expect(await codesOf("F14-change-personal-data", { personId })).toEqual([
      ["NOTHING_TO_CHANGE", undefined],
    ]);
    const policy = { insurer: " ", policyNumber: "P1", validFrom: "2027-01-01" };
    const insurance = { contractId: endedId, ...policy, validTo: "2026-12-31" };
    expect(await codesOf("F17-renew-insurance", insurance)).toEqual([
      ["CONTRACT_ENDED", "contractId"],
      ["REQUIRED", "insurer"],
      ["DATES_REVERSED", "validTo"],
      ["CERTIFICATE_NEEDED", "certificateUploadId"],
    ]);
    const occupant = { surname: "?", givenName: "Léo", birthDate: "2090-01-01" };
    expect(await codesOf("F15-add-occupant", { contractId, occupant })).toEqual([
      ["INVALID_FORMAT", "occupant.surname"],
      ["IN_THE_FUTURE", "occupant.birthDate"],
    ]);
    expect(
      await codesOf("F16-change-billing-address", {
        contractId,
        ...billing,
        recipient: "",
        idempotencyKey: "é",
      }),
    ).toEqual([
      ["REQUIRED", "recipient"],
      ["IDEMPOTENCY_KEY_INVALID", "idempotencyKey"],
    ]);
    const { calls } = await erp().calls();
    const reads = new Set(calls.map((call) => call.operation));
    expect([...reads].filter((name) => !/^(Lire|Lister)/.test(name))).toEqual([]);
    expect(await newWrites()).toEqual([]);
  });

  test("is told in the language of the request", async () => {
    const { personId } = await viewerOf(front);
    const { userErrors } = await ask(front, "F14-change-personal-data", { personId, surname: "X" });
    expect(userErrors[0]!.message).toBe(
      "« Nom » ne se modifie pas en ligne. Contactez votre bailleur.",
    );
  });
});

describe("when the ERP fails", () => {
  test("what was acknowledged is applied when it is back", async () => {
    const { personId, contractId } = await viewerOf(front);
    await erp().fault({ kind: "refuse" });
    const input = { personId, phones: ["05 46 00 49 94"] };
    const change = await asked(front, "F14-change-personal-data", input);
    expect(["ACCEPTED", "SENDING"]).toContain(change.status);
    // Whose contract it is was seen when it was shown.
    const input2 = { contractId, ...billing, idempotencyKey: "asked-while-away" };
    const other = await asked(front, "F16-change-billing-address", input2);
    expect(["ACCEPTED", "SENDING"]).toContain(other.status);
    // Nobody else's: what was not shown to the neighbour is not taken from the neighbour.
    const stolen = { ...input2, idempotencyKey: "asked-by-the-neighbour" };
    const { errors } = await ask(neighbour, "F16-change-billing-address", stolen);
    expect(errors).toMatchObject([{ extensions: { code: "UNAVAILABLE", retryable: true } }]);
    await erp().calm();
    await changeAt(front, change.id, "APPLIED");
    await changeAt(front, other.id, "APPLIED");
    const references = (await newWrites()).map(({ reference }) => reference);
    expect(references.toSorted()).toEqual([change.receipt, other.receipt].toSorted());
  });

  test("H-03 what it applied before the connection was cut is not applied again", async () => {
    const cut = { kind: "cut-after", operation: "ModifierAdresseFacturation", times: 1 };
    await erp().fault(cut);
    const input = await billingOf(front, { recipient: "Coupure" });
    const change = await asked(front, "F16-change-billing-address", input);
    const { appliedAt } = await changeAt(front, change.id, "APPLIED");
    expect(appliedAt).not.toBeNull();
    expect(await newWrites()).toMatchObject([
      { reference: change.receipt, content: { recipient: "Coupure" } },
    ]);
  });
});

describe("at Coop'Ivry, where the night applies changes,", () => {
  const move = async (postalCode: string) => {
    const { personId } = await viewerOf(ivry);
    const address = { ...billing.address, postalCode };
    return asked(ivry, "F14-change-personal-data", { personId, address });
  };

  test("a change is SENT, in force within 48 hours, and APPLIED after the night", async () => {
    const change = await move("94200");
    const { effectiveBy } = await changeAt(ivry, change.id, "SENT");
    expect(Date.parse(effectiveBy!)).toBeLessThan(Date.now() + 48 * 3_600_000);
    expect(await newWrites("ivry")).toEqual([]);
    await door(demo, "ivry").night();
    await changeAt(ivry, change.id, "APPLIED");
    expect(await newWrites("ivry")).toMatchObject([{ kind: "personChanges" }]);
  });

  test("I-09 one that the night refuses is REJECTED, with a reason and a mail", async () => {
    const { email } = await viewerOf(ivry);
    const before = (await mailsTo(demo, email)).length;
    const change = await move("96000");
    await changeAt(ivry, change.id, "SENT");
    await door(demo, "ivry").night();
    const { reason } = await changeAt(ivry, change.id, "REJECTED");
    expect(reason).toMatchObject({ code: "INVALID", message: expect.stringContaining("Vérifiez") });
    expect(await newWrites("ivry")).toEqual([]);
    // Beside the one that tells that the address is to change.
    await mailTo(demo, email, before + 2);
    const subjects = (await mailsTo(demo, email)).slice(0, 2).map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual([
      "Modification de vos coordonnées demandée – Coop'Ivry Habitat",
      "Votre modification n'a pas été prise en compte – Coop'Ivry Habitat",
    ]);
  });
});

test("a change of address is told to the account, and says which fields, not what they hold", async () => {
  const { email, personId } = await viewerOf(neighbour);
  const before = (await mailsTo(demo, email)).length;
  const phones = await asked(neighbour, "F14-change-personal-data", { personId, phones: [] });
  const input = { personId, address: billing.address };
  const change = await asked(neighbour, "F14-change-personal-data", input);
  const mail = await mailTo(demo, email, before + 1);
  expect(mail.subject).toMatch(/^Modification de vos coordonnées demandée/);
  expect(mail.text).toContain("adresse");
  expect(mail.text).not.toContain("Port");
  await changeAt(neighbour, phones.id, "APPLIED");
  await changeAt(neighbour, change.id, "APPLIED");
  expect(await mailsTo(demo, email)).toHaveLength(before + 1);
  await newWrites();
});

describe("a certificate of insurance", () => {
  const policy = { insurer: "Mutuelle", policyNumber: "M-1", validFrom: "2026-12-01" };
  const renewal = async (asking: Client, certificateUploadId: string) => ({
    contractId: (await viewerOf(asking)).contractId,
    ...policy,
    validTo: "2027-11-30",
    certificateUploadId,
  });
  const { bytes } = samples.INSURANCE_CERTIFICATE;
  const sha256 = createHash("sha256").update(bytes).digest("hex");

  test("reaches the ERP as it was sent, and is then gone from our disk", async () => {
    const { id } = await sendUpload(front, "INSURANCE_CERTIFICATE");
    expect(await readdir(join(folder, "files"))).toHaveLength(1);
    const change = await asked(front, "F17-renew-insurance", await renewal(front, id));
    await changeAt(front, change.id, "APPLIED");
    expect(await newWrites()).toMatchObject([{ content: { certificate: { sha256 } } }]);
    await vi.waitFor(async () => expect(await readdir(join(folder, "files"))).toEqual([]));
  });

  test("is good once, for its purpose, and for whoever sent it", async () => {
    const used = await sendUpload(front, "INSURANCE_CERTIFICATE");
    await asked(front, "F17-renew-insurance", await renewal(front, used.id));
    const photo = await sendUpload(front, "REQUEST_PHOTO");
    const another = await sendUpload(neighbour, "INSURANCE_CERTIFICATE");
    for (const id of [used.id, photo.id, another.id, "x"]) {
      expect(await codesOf("F17-renew-insurance", await renewal(front, id))).toEqual([
        ["UPLOAD_NOT_USABLE", "certificateUploadId"],
      ]);
    }
  });
});

describe("what is not the viewer's", () => {
  const refusalOf = async (asking: Client, name: string, input: object) =>
    (await ask(asking, name, input)).errors?.map(({ extensions }) => extensions.code);

  test("is NOT_FOUND, and nothing is written", async () => {
    const { contractId, personId } = await viewerOf(neighbour);
    const { data } = await neighbour("{ viewer { contracts { nodes { occupants { id } } } } }");
    const [first] = data.viewer.contracts.nodes.flatMap(
      (one: { occupants: object[] }) => one.occupants,
    );
    const occupantId = (first as { id: string }).id;
    await newWrites();
    const occupant = { surname: "A", givenName: "B" };
    const tries: [string, object][] = [
      ["F16-change-billing-address", { contractId, ...billing }],
      ["F14-change-personal-data", { personId, phones: [] }],
      ["F14-change-professional-situation", { personId, label: "Salarié" }],
      ["F15-add-occupant", { contractId, occupant }],
      ["F15-change-occupant", { occupantId, occupant }],
      ["F15-remove-occupant", { occupantId }],
    ];
    for (const [name, input] of tries) {
      expect(await refusalOf(front, name, input), name).toEqual(["NOT_FOUND"]);
      expect(await refusalOf(ivry, name, input), name).toEqual(["NOT_FOUND"]);
    }
    expect(await newWrites()).toEqual([]);
  });

  test("A-14 is not reached by a token of another landlord", async () => {
    const { personId } = await viewerOf(front);
    const foreign = ivry.as(front.token!);
    const input = { personId, phones: [] };
    expect(await refusalOf(foreign, "F14-change-personal-data", input)).toEqual(["FORBIDDEN"]);
  });

  test("is not among the viewer's changes, nor found by its id", async () => {
    const { data } = await front(operation("F18-changes"), { first: 50 });
    const nodes = data.viewer.changes.nodes as { id: string; kind: string }[];
    expect(nodes.length).toBeGreaterThan(5);
    for (const asking of [neighbour, ivry]) {
      const { errors } = await asking(operation("F18-change"), { id: nodes[0]!.id });
      expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
      const others = (await asking(operation("F18-changes"), { first: 50 })).data;
      const receipts = JSON.stringify(others.viewer.changes.nodes);
      for (const { id } of nodes) expect(receipts).not.toContain(id);
    }
  });
});

test("what a landlord's system does not take is NOT_SUPPORTED", async () => {
  const chartres = await signedInAs(demo, "chartres", "everything");
  const { errors } = await ask(chartres, "F16-change-billing-address", await billingOf(chartres));
  expect(errors).toMatchObject([{ extensions: { code: "NOT_SUPPORTED", retryable: false } }]);
});

test("changes are paged, newest first", async () => {
  const { data } = await front(operation("F18-changes"), { first: 2 });
  const { nodes, pageInfo } = data.viewer.changes;
  expect(pageInfo.hasNextPage).toBe(true);
  const next = await front(operation("F18-changes"), { first: 2, after: pageInfo.endCursor });
  const all = [...nodes, ...next.data.viewer.changes.nodes] as {
    id: string;
    submittedAt: string;
  }[];
  expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  const times = all.map(({ submittedAt }) => submittedAt);
  expect(times).toEqual(times.toSorted().toReversed());
});
