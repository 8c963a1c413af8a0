/** Rows about the landlord, the building, the roles of a person, files. */
import { door } from "../support/demo.ts";
import { contractIds, run, type Portal } from "./portal.ts";
import { NotOffered, same, sorted } from "./same.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- answers' JSON
type Json = any;

export async function contacts(portal: Portal): Promise<string> {
  const { landlord } = await run(portal.front, "B01-landlord");
  if (!landlord.contacts.some(({ phone, email }: Json) => phone || email))
    throw new Error("the landlord has no contact");
  let seen = 0;
  for (const { front, contracts } of await portal.everybody()) {
    const { viewer } = await run(front, "F19-contacts");
    const shown = viewer.contracts.nodes.map(({ buildingContacts }: Json) =>
      sorted(buildingContacts.map(({ name }: Json) => name)),
    );
    same(
      "building contacts",
      sorted(shown),
      sorted(contracts.map((contract) => sorted(contract.contacts.map(({ name }) => name)))),
    );
    seen += contracts.length;
  }
  return `the landlord's contacts, and those of ${seen} contracts equal`;
}

async function landlordContacts(portal: Portal): Promise<string> {
  const { landlord } = await run(portal.front, "B01-landlord");
  const contact = landlord.contacts.find(({ email, phone }: Json) => email ?? phone);
  if (!contact) throw new Error("nobody to ask");
  return `whom to ask: ${contact.email ?? contact.phone}`;
}

export async function buildings(portal: Portal): Promise<string> {
  let seen = 0;
  for (const { front, contracts } of await portal.everybody()) {
    const ids = await contractIds(front);
    for (const contract of contracts) {
      const data = await run(front, "F20-building", { id: ids.get(contract.units[0]!.reference) });
      const held = await door(portal.demo, portal.landlord).building(contract.building);
      const { name, notes } = data.contract.building;
      same(
        "a building",
        [name, sorted(notes.map(({ title }: Json) => title))],
        [held.name, sorted(held.notes.map(({ title }) => title))],
      );
      seen += 1;
    }
  }
  return `buildings of ${seen} contracts equal`;
}

async function news(portal: Portal): Promise<string> {
  const all = await door(portal.demo, portal.landlord).news();
  for (const { front, contracts } of await portal.everybody()) {
    const { viewer } = await run(front, "F21-news");
    const today = new Date().toISOString().slice(0, 10);
    const lasting = contracts.filter(({ end }) => end === null || end >= today);
    const mine = new Set(lasting.map(({ building }) => building));
    const held = all.filter(
      ({ buildings: meant }) => meant === null || meant.some((number) => mine.has(number)),
    );
    const item = ({ title, publishedOn }: Json) => [publishedOn, title];
    same("news", sorted(viewer.news.map(item)), sorted(held.slice(0, 50).map(item)));
  }
  return `news of everybody equal`;
}

async function help(portal: Portal): Promise<string> {
  const found = async (search: string) => {
    const { landlord } = await run(portal.front, "F21-help", { search });
    return landlord.help.map(({ question }: Json) => question);
  };
  const plain = await found("prelevement");
  if (plain.length === 0) throw new Error("nothing is found for « prelevement »");
  same("a search with accents", await found("prélevement"), plain);
  return `${plain.length} articles for « prelevement » and « prélevement »`;
}

/** News for the profile, help with its search, whom to ask: each where the landlord has it. */
export async function newsAndHelp(portal: Portal): Promise<string> {
  const { landlord } = await run(portal.front, "B01-landlord");
  const seen = [await landlordContacts(portal)];
  if (landlord.capabilities.includes("NEWS")) seen.push(await news(portal));
  const articles = await run(portal.front, "F21-help", {});
  if (articles.landlord.help.length > 0) seen.push(await help(portal));
  return seen.join("; ");
}

export async function belongings(portal: Portal): Promise<string> {
  let seen = 0;
  for (const { front, held } of await portal.everybody()) {
    const owned = await run(front, "F22-properties");
    const sought = await run(front, "F22-candidacies");
    const reference = ({ reference: text }: Json) => text;
    same(
      "properties",
      sorted(owned.viewer.properties.map(reference)),
      sorted(held.properties.map(reference)),
    );
    const file = ({ status, openedOn }: Json) => [status, openedOn];
    same(
      "candidacies",
      sorted(sought.viewer.candidacies.map(file)),
      sorted(held.candidacies.map(file)),
    );
    seen += held.properties.length + held.candidacies.length;
  }
  return `${seen} properties and files equal`;
}

export async function ledgers(portal: Portal): Promise<string> {
  let seen = 0;
  for (const { front, held } of await portal.everybody()) {
    const { viewer } = await run(front, "F24-ledgers");
    const shown = viewer.ledgers.map(({ kind, balance }: Json) => [
      kind,
      balance.amount.amount,
      balance.side,
    ]);
    const expected = held.ledgers.map(({ kind, balanceCents }) => [
      kind,
      (Math.abs(balanceCents) / 100).toFixed(2),
      balanceCents === 0 ? "SETTLED" : balanceCents > 0 ? "DEBTOR" : "CREDITOR",
    ]);
    same("ledgers", sorted(shown), sorted(expected));
    seen += held.ledgers.length;
  }
  return `${seen} ledgers equal`;
}

export async function roles(portal: Portal): Promise<string> {
  const seen = new Set<string>();
  for (const { front, held, account } of await portal.everybody()) {
    const { viewer } = await run(front, "F11-roles");
    same(`roles of "${account.oddity}"`, viewer.roles, held.roles);
    held.roles.forEach((role) => seen.add(role));
  }
  return [...seen].join(", ");
}

export async function documentKinds(portal: Portal): Promise<string> {
  const { landlord } = await run(portal.front, "F34-document-kinds");
  const dated = landlord.documentKinds.filter(({ availableFrom }: Json) => availableFrom !== null);
  if (dated.length === 0) {
    throw new NotOffered("every kind of document is there from the beginning");
  }
  return dated.map(({ kind, availableFrom }: Json) => `${kind} from ${availableFrom}`).join(", ");
}

/** Fetches one file of each kind that the landlord offers. */
export async function download(portal: Portal): Promise<string> {
  const fetched = new Set<string>();
  for (const { front } of await portal.everybody()) {
    for (const [kind, id] of await newestDocuments(portal, front)) {
      if (fetched.has(kind)) continue;
      const { document } = await run(front, "F35-download", { id });
      const answer = await fetch(document.download.url);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const whole = bytes.subarray(0, 5).toString() === "%PDF-" && bytes.includes("%%EOF");
      if (answer.status !== 200 || !whole)
        throw new Error(`${kind}: ${answer.status}, ${bytes.length} bytes that are no PDF`);
      fetched.add(kind);
    }
  }
  if (fetched.size === 0) throw new Error("nobody has a document");
  return [...fetched].join(", ");
}

const listOf: Record<string, [operation: string, field: string]> = {
  RENT_NOTICE: ["F30-rent-notices", "rentNotices"],
  RENT_RECEIPT: ["F31-receipts", "rentReceipts"],
  CHARGE_REGULARISATION: ["F32-charge-regularisations", "chargeRegularisations"],
  FUNDS_CALL: ["F33-funds-calls", "fundsCalls"],
  ASSEMBLY_MINUTES: ["F33-assembly-minutes", "assemblyMinutes"],
};

async function newestDocuments(
  portal: Portal,
  front: Portal["front"],
): Promise<[string, string][]> {
  const { landlord } = await run(portal.front, "F34-document-kinds");
  const found: [string, string][] = [];
  for (const id of (await contractIds(front)).values()) {
    for (const { kind } of landlord.documentKinds as { kind: string }[]) {
      const [name, field] = listOf[kind]!;
      const data = await run(front, name, { id, first: 1 });
      const [document] = data.contract[field]?.nodes ?? [];
      if (document) found.push([kind, document.id]);
    }
  }
  return found;
}

export async function residence(portal: Portal): Promise<string> {
  let seen = 0;
  for (const { front, contracts } of await portal.everybody()) {
    const ids = await contractIds(front);
    for (const contract of contracts) {
      const data = await run(front, "F39-residence-requests", {
        id: ids.get(contract.units[0]!.reference),
      });
      const held = await door(portal.demo, portal.landlord).building(contract.building);
      const shown = data.contract.residenceRequests.nodes;
      same(
        "requests of the residence",
        sorted(shown.map(({ reason }: Json) => reason)),
        sorted(held.requests.map(({ reason }) => reason)),
      );
      seen += shown.length;
    }
  }
  return `${seen} requests, nobody's name`;
}
