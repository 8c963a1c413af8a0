/** What each operation that changes something does, to whoever has a key. */
import { createHash } from "node:crypto";
import type { MockAnswer } from "../kit/product.ts";
import type { Writes } from "../kit/writes.ts";
import * as apply from "../world/apply.ts";
import type { WorldInsurance, WorldPerson } from "../world/types.ts";
import { missing, ok, problem } from "./answers.ts";
import { isPerson, type Contact } from "./directory.ts";
import type { Books, Operations } from "./reads.ts";
import * as records from "./records.ts";
import { filled } from "./templates.ts";

export interface Desk extends Books {
  readonly writes: Writes;
  now(): Date;
}

/** What looks like a tag vanishes, and the answer is 200 all the same. */
export const stripped = (text: string): string => text.replace(/<[^<>]*>?/g, "").trim();

/** The fields that were sent, as texts. */
const sent = (body: object) => body as Readonly<Record<string, string | undefined>>;

export const peopleWrites = (desk: Desk): Operations => ({
  updateThirdparties: ({ id }, body) => {
    const account = desk.directory.account(Number(id));
    if (!account) return missing("Thirdparty");
    const { address, zip, town, phone } = sent(body);
    for (const person of account.people) {
      const lines = address === undefined ? person.address.lines : stripped(address).split("\n");
      apply.changePerson(person, {
        address: {
          lines,
          postalCode: zip ?? person.address.postalCode,
          city: town === undefined ? person.address.city : stripped(town),
        },
        ...(phone !== undefined && { phone }),
      });
    }
    note(desk, { kind: "personChanges", person: id!, content: body });
    return ok(records.thirdparty(account));
  },
  updateContacts: ({ id }, body) => {
    const contact = desk.directory.contact(Number(id));
    if (!contact) return missing("Contact");
    if (!isPerson(contact.who)) return problem(403);
    apply.changePerson(contact.who, fieldsIn(sent(body)));
    keepPhones(desk, contact, sent(body));
    note(desk, { kind: "personChanges", person: id!, content: body });
    return ok(records.contact(contact, desk.state));
  },
  thirdpartiesUpdateCompanyBankAccount: ({ id, bankaccount_id }, body) => {
    const account = desk.directory.account(Number(id));
    const known = account && records.bankContract(account);
    if (!known || id !== bankaccount_id) return missing("Account");
    return keepRib(desk, Number(id), sent(body));
  },
  thirdpartiesCreateCompanyBankAccount: ({ id }, body) =>
    desk.directory.account(Number(id))
      ? keepRib(desk, Number(id), sent(body))
      : missing("Thirdparty"),
});

function fieldsIn(body: Readonly<Record<string, string | undefined>>): apply.PersonFields {
  const { lastname, firstname, email, civility_code, phone_mobile } = body;
  return {
    ...(lastname !== undefined && { surname: stripped(lastname) }),
    ...(firstname !== undefined && { givenName: stripped(firstname) }),
    ...(email !== undefined && { email }),
    ...(civility_code !== undefined && { title: titleOf(civility_code) }),
    ...(phone_mobile !== undefined && { phone: phone_mobile || null }),
  };
}

const titleOf = (code: string): WorldPerson["title"] => (code === "MR" ? "MR" : "MRS");

const phoneFields = ["phone_mobile", "phone_perso", "phone_pro"] as const;
function keepPhones({ state }: Desk, { id }: Contact, body: ReturnType<typeof sent>): void {
  const given = phoneFields.flatMap((name) =>
    body[name] === undefined ? [] : [[name, body[name]] as const],
  );
  if (given.length > 0) {
    state.phones.set(id, { ...state.phones.get(id), ...Object.fromEntries(given) });
  }
}

/** Whether the IBAN is one, nobody looks. The mandate reference stays. */
function keepRib(desk: Desk, id: number, body: ReturnType<typeof sent>): MockAnswer {
  const account = desk.directory.account(id)!;
  const held = records.bankContract(account) ?? account.contracts[0]!;
  const { iban = held.bank?.iban ?? "", bic = held.bank?.bic ?? "", label, proprio } = body;
  const holder = proprio ?? held.bank?.holder ?? null;
  apply.changeBank(held, { iban, bic: bic || null, holder });
  if (label !== undefined) desk.state.labels.set(account, stripped(label));
  const content = { iban, bic, holder };
  note(desk, { kind: "bankAccountChanges", person: String(id), content });
  const shown = records.bankAccount(account, held, desk.state);
  const { datec: _c, datem: _m, ...values } = { datec: 0, datem: 0, ...shown };
  return ok(filled("bankAccountWritten", { ...values, proprio: holder }));
}

export const contractWrites = (desk: Desk): Operations => ({
  updateContracts: ({ id }, body) => {
    const held = desk.directory.contract(Number(id));
    if (!held) return missing("Contract");
    const options = body.array_options as Readonly<Record<string, string>>;
    apply.renewInsurance(held, insuranceIn(options, held.insurance));
    note(desk, { kind: "insuranceRenewals", contract: id!, content: options });
    const account = desk.directory.accountOf(held);
    return ok(records.contract(held, account, desk.world, desk.state.book(held)));
  },
  createDocuments: (_, body) => keepFile(desk, sent(body)),
});

/** Fields that are not named stay as they are. */
function insuranceIn(
  options: Readonly<Record<string, string>>,
  there: WorldInsurance | null,
): WorldInsurance {
  const field = (name: string, old = "") => options[`options_assurance_${name}`] ?? old;
  return {
    insurer: field("assureur", there?.insurer),
    policyNumber: field("police", there?.policyNumber),
    holder: field("titulaire", there?.holder),
    from: field("du", there?.from),
    to: field("au", there?.to),
  };
}

/** What is no base64 becomes an empty file. A name loses its accents and slashes. */
function keepFile(desk: Desk, body: ReturnType<typeof sent>): MockAnswer {
  const { filename = "", modulepart = "", ref = "", subdir = "", filecontent = "" } = body;
  const folder = modulepart === "ticket" ? subdir : ref;
  if (modulepart === "ticket" && ref !== "") {
    return problem(500, "Modulepart ticket not implemented yet.");
  }
  const contract = desk.directory.accounts
    .flatMap(({ contracts }) => contracts)
    .find((held) => records.contractRef(held) === ref);
  if (modulepart === "contrat" && !contract) {
    return problem(404, `Object with ref '${ref}' was not found.`);
  }
  const name = filename
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[/\\°:*?"<>|]/g, "_");
  const place = `${modulepart}/${folder}/${name}`;
  if (desk.state.files.has(place)) {
    return problem(400, `File with name '${name}' already exists.`);
  }
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(filecontent) && filecontent.length % 4 === 0;
  const bytes = isBase64 ? Buffer.from(filecontent, "base64") : Buffer.alloc(0);
  desk.state.files.set(place, bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  note(desk, {
    kind: "files",
    reference: place,
    content: { name, sizeBytes: bytes.length, sha256 },
  });
  return ok(name);
}

interface Note {
  readonly kind: string;
  readonly contract?: string;
  readonly person?: string;
  readonly reference?: string;
  readonly content: unknown;
}

export const note = ({ writes }: Desk, { contract, person, reference, ...rest }: Note): void =>
  writes.applied({
    ...rest,
    contract: contract ?? null,
    person: person ?? null,
    reference: reference ?? null,
  });
