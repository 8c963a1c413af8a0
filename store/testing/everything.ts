/** Something of one account in each table, marked so that it is found again wherever it ends up. */
import type { NewChange } from "../changes.ts";
import { createCipher } from "../cipher.ts";
import { sealedColumns } from "../sealed-columns.ts";
import type { Store } from "../store.ts";
import { day, hour, minute, testSecret, type Bench } from "./stores.ts";

export interface Marked {
  readonly accountId: string;
  readonly landlord: string;
  /** Every word that only this account's data has, by what it is. */
  readonly canaries: Readonly<Record<string, string>>;
  /** By where they stand. */
  readonly changes: Readonly<Record<"applied" | "sending" | "accepted" | "booking", string>>;
  /** The file of a change that has not been sent. */
  readonly attachedFile: string;
}

const landlord = "cedre";

/** `name` stands in every canary. */
export async function fillFor(bench: Bench, name: string): Promise<Marked> {
  const mark = (what: string) => `${name}-${what}-canary`;
  const email = `${mark("email")}@example.net`;
  const accountId = await makeAccount(bench, { email, mark });
  const whose = { store: bench.store, bench, accountId, mark, email };
  await fillMessages(whose);
  const changes = await fillChanges(whose);
  const attachedFile = await fillFiles(whose, changes.accepted);
  await fillPayments(whose);
  await fillWatches(whose);
  const words = ["person", "identifier", "subject", "password", "newEmail", "mail", "link"];
  const more = [
    "payload",
    "byHand",
    "act",
    "file",
    "loose",
    "label",
    "payer",
    "draft",
    "held",
    "view",
  ];
  const canaries = Object.fromEntries([...words, ...more].map((what) => [what, mark(what)]));
  return { accountId, landlord, canaries: { ...canaries, email }, changes, attachedFile };
}

interface Whose {
  readonly store: Store;
  readonly bench: Bench;
  readonly accountId: string;
  readonly email: string;
  readonly mark: (what: string) => string;
}

const soon = ({ now }: Bench, ms = hour) => new Date(now().getTime() + ms);

async function makeAccount(bench: Bench, { email, mark }: Pick<Whose, "email" | "mark">) {
  const { store } = bench;
  const made = await store.accounts.create(
    { landlord, email, passwordHash: mark("password"), language: "fr" },
    [mark("person")],
    [{ id: "terms", version: "1", given: true, givenAt: bench.now() }],
  );
  if (made.outcome !== "OK") throw new Error(made.outcome);
  const { id } = made.account;
  await store.identifiers.set(landlord, id, mark("identifier"));
  const identity = { provider: "google", subject: mark("subject") };
  await store.socialIdentities.link(landlord, id, identity);
  await store.sessions.start(landlord, id, { expiresAt: soon(bench, 10 * day), remember: true });
  await store.throttle.hit(email, { points: 5, windowMs: hour });
  await beSeen(bench, id, mark);
  return id;
}

async function beSeen({ store, ...bench }: Bench, accountId: string, mark: Whose["mark"]) {
  const reason = mark("view");
  const looking = { staffId: "staff", staffSession: "session of staff", accountId, reason };
  const expiresAt = new Date(bench.now().getTime() + 30 * minute);
  const view = await store.supportViews.begin(landlord, { ...looking, expiresAt });
  const act = { landlord, actor: "staff", act: "BEGIN_SUPPORT_VIEW", subject: accountId, reason };
  await store.supportActs.note({ ...act, view: { id: view.id, operation: null, hash: null } });
}

async function fillMessages({ store, bench, accountId, email, mark }: Whose): Promise<void> {
  const expiresAt = soon(bench);
  await store.links.create(landlord, {
    purpose: "EMAIL",
    subject: accountId,
    payload: { accountId, newEmail: `${mark("newEmail")}@example.net` },
    expiresAt,
  });
  await store.links.create(landlord, {
    purpose: "SOCIAL_HAND_OVER",
    subject: `nonce of ${accountId}`,
    payload: { accountId, arrived: mark("link") },
    expiresAt,
  });
  for (const to of [email, `${mark("newEmail")}@example.net`]) {
    const text = mark("mail");
    await store.mails.queue({ landlord, to, from: "x@example.org", subject: text, text, html: "" });
  }
}

async function fillChanges({ store, accountId, mark }: Whose) {
  const change = (what: string, more: Partial<NewChange> = {}): NewChange => ({
    landlord,
    accountId,
    personKey: mark("person"),
    contractKey: `${mark("person")}/1`,
    lane: `${mark("person")} ${what}`,
    kind: "BANK_ACCOUNT",
    idempotencyKey: `key of ${what}`,
    request: "{}",
    payload: JSON.stringify({ iban: mark("payload") }),
    effectiveBy: null,
    ...more,
  });
  const next = async (what: string, more?: Partial<NewChange>) =>
    (await store.changes.submit(change(what, more))).change.id;
  const applied = await next("applied");
  await settleByHand(store, applied, mark);
  const sending = await next("sending");
  const claimed = await store.changes.claim(landlord, 10 * minute);
  if (claimed?.change.id !== sending || !(await store.changes.sending(claimed))) {
    throw new Error("Something else was due.");
  }
  const booking = await next("booking", { kind: "CARD_PAYMENT" });
  const accepted = await next("accepted");
  // Whoever fills next claims their own.
  for (let held = 0; held < 2; held += 1) await store.changes.claim(landlord, 10 * minute);
  return { applied, sending, booking, accepted };
}

async function settleByHand(store: Store, id: string, mark: Whose["mark"]) {
  const claimed = await store.changes.claim(landlord, 10 * minute);
  if (claimed?.change.id !== id) throw new Error("Something else was due.");
  await store.changes.settle(claimed, { status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
  const actor = { accountId: "staff", reason: mark("byHand") };
  const overdueSince = new Date(0);
  await store.changes.settleByHand(landlord, { id, decision: "APPLIED", actor, overdueSince });
  const act = { landlord, actor: "staff", act: "SETTLE_CHANGE:APPLIED", subject: id };
  await store.supportActs.note({ ...act, reason: mark("act") });
}

/** One that a change needs, one that no change has named yet. */
async function fillFiles(whose: Whose, changeId: string): Promise<string> {
  const { store, bench, accountId, mark } = whose;
  const ids: string[] = [];
  for (const what of ["file", "loose"]) {
    const upload = await store.uploads.start(landlord, {
      accountId,
      purpose: "TAX_NOTICE",
      fileName: `${mark(what)}.pdf`,
      mediaType: "application/pdf",
      sizeBytes: 10,
      expiresAt: soon(bench),
    });
    const key = new Uint8Array(32).fill(1);
    const stored = { sizeBytes: 10, sha256: "x", storedAs: `${mark(what)} stored`, key };
    await store.uploads.receive(landlord, upload.id, { ...stored, expiresAt: soon(bench, day) });
    ids.push(upload.id);
  }
  const attachment = { accountId, purpose: "TAX_NOTICE" as const, ids: ids.slice(0, 1), changeId };
  await store.uploads.attach(landlord, attachment);
  return ids[0]!;
}

async function fillPayments({ store, bench, accountId, mark }: Whose): Promise<void> {
  const request = (idempotencyKey: string) => ({
    landlord,
    accountId,
    personKey: mark("payer"),
    contractKey: "L/1",
    label: mark("label"),
    amount: "12.50",
    provider: "payfip",
    idempotencyKey,
  });
  const page = (providerReference: string) => ({
    providerReference,
    redirect: `{"url":"https://pay.example/${accountId}"}`,
    expiresAt: soon(bench),
  });
  const transaction = `tx ${accountId}`;
  const receipt = { paidAt: "2026-11-20", transaction, means: "CARD", authorisation: null };
  for (const what of ["paid", "refused"]) {
    const made = await store.payments.create(request(what));
    if (made.outcome !== "NEW") throw new Error(made.outcome);
    const { id } = made.payment;
    await store.payments.redirected(made, page(id), soon(bench));
    await store.payments.move(id, "REDIRECTED", {
      ...(what === "paid" ? { to: "PAID", receipt } : { to: "REFUSED" }),
      nextAskAt: null,
    });
    const known = (await store.payments.find(landlord, id))!;
    await store.payments.keepEvent(known, `event of ${id}`, known.state);
  }
}

async function fillWatches({ store, bench, accountId, mark }: Whose): Promise<void> {
  const contractKey = `${mark("person")}/1`;
  const requestKey = `${mark("person")} request`;
  const watch = { accountId, contractKey, requestKey, steps: [], nextLookAt: soon(bench) };
  await store.requestWatches.watch(landlord, [watch]);
  const place = { landlord, accountId, contractKey, surveyKey: "S" };
  const content = JSON.stringify({ answer: mark("draft") });
  await store.surveyDrafts.save(place, content, soon(bench, 20 * day));
  await store.surveyReminders.enlist(landlord, 1);
  const reminder = { contractKey, surveyKey: "S", days: 3, expiresAt: soon(bench, 20 * day) };
  await store.surveyReminders.isFirst({ landlord, accountId, fence: 0 }, reminder);
  const held = JSON.stringify([{ key: contractKey, title: mark("held") }]);
  await store.heldContracts.remember(landlord, mark("person"), held);
}

/** Every row of every table as JSON, with what is sealed beside it as it reads. */
export async function readable({ database }: Bench, secret = testSecret): Promise<string> {
  const cipher = createCipher(secret);
  const lines: string[] = [];
  for (const table of await database.tables()) {
    for (const row of (await database.raw(`select * from ${table}`)) as Record<string, string>[]) {
      const opened = sealedColumns
        .filter((of) => of.table === table && row[of.column] !== null)
        .map((of) => cipher.open(of.context(row), row[of.column]!));
      lines.push(`${table} ${JSON.stringify(row)} ${opened.join(" ")}`);
    }
  }
  return lines.join("\n");
}
