/** Reads the landlords' files, all at once, and says everything that is wrong with them at once. */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Landlord } from "../subgraphs/kernel/landlord.ts";
import { ConfigurationError, type Fault } from "./configuration-error.ts";
import {
  checkSettings,
  type ReadSettings,
  type SettingsShape,
} from "./landlord-file/checked-settings.ts";
import {
  fieldName,
  readDocument,
  type Problem,
  type SourceDocument,
} from "./landlord-file/document.ts";
import { readErpTls } from "./landlord-file/erp-tls.ts";
import { readRegistered } from "./landlord-file/operations.ts";
import { readPayment, type ProviderShapes } from "./landlord-file/payment.ts";
import { checkRules } from "./landlord-file/rules.ts";
import { resolveSettings, type Environment } from "./landlord-file/settings.ts";
import { readSocial, type SocialSettings } from "./landlord-file/social.ts";
import { foreignVariables, variablesOfOthers } from "./landlord-file/variables.ts";
import { readWebhook } from "./landlord-file/webhook.ts";
import { shapeOf, wordIssue, wordUnknown } from "./landlord-file/wording.ts";
import type { RegisteredOperation } from "./limits/operation-files.ts";

export interface LandlordFile {
  readonly landlord: Landlord;
  /** What the adapter's own schema made of `erp.settings`, secrets resolved. Never log it. */
  readonly settings: unknown;
  /** The certificates that alone may vouch for the ERP, in PEM; null: the usual ones. */
  readonly ca: string | null;
  /** Null where there is no social sign-in. Secrets resolved: never log it. */
  readonly social: SocialSettings | null;
  /** What the payment provider's own schema made of `payment.settings`. Never log it. */
  readonly paymentSettings: unknown;
  /** What requests of its system are signed with; null where it sends none. Never log it. */
  readonly webhookSecret: string | null;
  /** What its own front-ends ask, beside what is published. */
  readonly operations: readonly RegisteredOperation[];
  /** As it is shown in faults. */
  readonly file: string;
}

/**
 * Every landlord of a folder, by file name. Throws ConfigurationError with every fault of every
 * file. `products` are the names to offer when a file asks for one that `settingsOf` does not know.
 * `providers`: those by which people can pay; none unless given.
 */
export function readLandlords(
  folder: string,
  environment: Environment,
  settingsOf: (product: string) => SettingsShape | undefined,
  products: readonly string[],
  providers: ProviderShapes = new Map(),
): LandlordFile[] {
  const { names, faults: folderFaults } = listFiles(folder);
  const drafts = names.map((name) =>
    readLandlordFile(join(folder, name), environment, settingsOf, products, providers),
  );
  const faults = [
    ...folderFaults,
    ...drafts.flatMap((draft) => draft.faults),
    ...findOthersVariables(drafts),
    ...findShared(drafts, "id", ({ value }) => [{ path: ["id"], claim: idOf(value) }]),
    ...findShared(drafts, "host", ({ value }) =>
      hostsOf(value).map((claim, index) => ({ path: ["hosts", index], claim })),
    ),
  ];
  if (faults.length > 0) throw new ConfigurationError(inFileOrder(faults));
  return drafts.map(({ value, document: _document, faults: _faults, ...read }) => ({
    landlord: Landlord.parse(value),
    ...read,
  }));
}

/**
 * One file alone, with every fault that it has by itself: as `readLandlords`, but it never throws for
 * what stands in the file.
 */
export function readLandlordFile(
  path: string,
  environment: Environment,
  settingsOf: (product: string) => SettingsShape | undefined,
  products: readonly string[],
  providers: ProviderShapes = new Map(),
): LandlordDraft {
  const document = readDocument(readFileSync(path, "utf8"));
  const settings = () => readSettings(document, environment, settingsOf, products);
  return readDraft(shownPath(path), document, environment, settings, providers);
}

function listFiles(folder: string): { names: string[]; faults: Fault[] } {
  const shown = shownPath(folder);
  const fault = (file: string, expected: string) => ({ file, line: 0, field: "", expected });
  let entries: string[];
  try {
    entries = readdirSync(folder).toSorted();
  } catch {
    return { names: [], faults: [fault(shown, "a folder with a file for each landlord")] };
  }
  const names = entries.filter((name) => name.endsWith(".yaml"));
  const faults = entries
    .filter((name) => name.endsWith(".yml"))
    .map((name) => fault(join(shown, name), "a name that ends with .yaml"));
  if (names.length === 0) faults.push(fault(shown, "at least one landlord's file, like name.yaml"));
  return { names, faults };
}

function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}

/** A file as far as it could be read. Secrets are resolved: never log it. */
export interface LandlordDraft {
  /** As it is shown in faults. */
  readonly file: string;
  readonly document: SourceDocument;
  /** As it is written; undefined when the text is not YAML. */
  readonly value: unknown;
  readonly settings: unknown;
  readonly ca: string | null;
  readonly social: SocialSettings | null;
  readonly paymentSettings: unknown;
  readonly webhookSecret: string | null;
  readonly operations: readonly RegisteredOperation[];
  readonly faults: readonly Fault[];
}

const nothing = {
  settings: undefined,
  ca: null,
  social: null,
  paymentSettings: undefined,
  webhookSecret: null,
  operations: [],
};

function readDraft(
  file: string,
  document: SourceDocument,
  environment: Environment,
  settingsIn: () => ReadSettings,
  providers: ProviderShapes,
): LandlordDraft {
  const { value } = document;
  const faults: Fault[] = document.problems.map((problem) => ({ file, field: "", ...problem }));
  if (value === undefined) return { file, document, value, ...nothing, faults };
  const { settings, problems } = settingsIn();
  const { ca, problems: ofTls } = readErpTls(document, dirname(file));
  const { social, problems: ofSocial } = readSocial(document, environment);
  const payment = readPayment(document, environment, providers);
  const webhook = readWebhook(document, environment);
  const registered = readRegistered(document, dirname(file));
  const id = idOf(value);
  const found = [
    ...checkShape(document),
    ...problems,
    ...ofTls,
    ...ofSocial,
    ...payment.problems,
    ...webhook.problems,
    ...registered.problems,
    ...checkRules(value),
    ...(id === undefined ? [] : foreignVariables(document, id)),
  ];
  faults.push(...found.map((problem) => toFault(problem, file, document)), ...registered.faults);
  return {
    file,
    document,
    value,
    settings,
    ca,
    social,
    paymentSettings: payment.settings,
    webhookSecret: webhook.secret,
    operations: registered.operations,
    faults,
  };
}

function toFault({ path, expected }: Problem, file: string, document: SourceDocument): Fault {
  return { file, line: document.lineOf(path), field: fieldName(path), expected };
}

const landlordShape = shapeOf(Landlord);

function checkShape(document: SourceDocument): Problem[] {
  const issues = Landlord.safeParse(document.value).error?.issues ?? [];
  return issues.flatMap((issue) => wordIssue(issue, landlordShape, document.valueAt));
}

function readSettings(
  document: SourceDocument,
  environment: Environment,
  settingsOf: (product: string) => SettingsShape | undefined,
  products: readonly string[],
): ReadSettings {
  const { shape } = Landlord.shape.erp;
  const product = shape.product.safeParse(document.valueAt(["erp", "product"])).data;
  const written = shape.settings.safeParse(document.valueAt(["erp", "settings"])).data;
  if (product === undefined) return { settings: undefined, problems: [] };
  const asked = settingsOf(product);
  if (!asked) {
    const path = ["erp", "product"];
    return { settings: undefined, problems: [{ path, expected: wordUnknown(product, products) }] };
  }
  if (written === undefined) return { settings: undefined, problems: [] };
  return checkSettings(
    document,
    ["erp", "settings"],
    asked,
    resolveSettings(written, asked.secrets, environment),
  );
}

function idOf(value: unknown): string | undefined {
  return Landlord.shape.id.safeParse((value as Partial<Landlord> | null)?.id).data;
}

function hostsOf(value: unknown): string[] {
  const hosts = Landlord.shape.hosts.safeParse((value as Partial<Landlord> | null)?.hosts).data;
  return (hosts ?? []).map((host) => host.toLowerCase());
}

function findOthersVariables(drafts: readonly LandlordDraft[]): Fault[] {
  const ids = drafts.flatMap(({ value }) => idOf(value) ?? []);
  return drafts.flatMap(({ file, document, value }) => {
    const id = idOf(value);
    const found = id === undefined ? [] : variablesOfOthers(document, id, ids);
    return found.map((problem) => toFault(problem, file, document));
  });
}

/** Claims that two files make; the fault stands in the later one and names the earlier. */
function findShared(
  drafts: readonly LandlordDraft[],
  what: string,
  claimsOf: (draft: LandlordDraft) => { path: Problem["path"]; claim: string | undefined }[],
): Fault[] {
  const owner = new Map<string, string>();
  return drafts.flatMap((draft) =>
    claimsOf(draft).flatMap(({ path, claim }) => {
      if (claim === undefined) return [];
      const first = owner.get(claim);
      owner.set(claim, first ?? draft.file);
      if (first === undefined || first === draft.file) return [];
      const expected = `its own ${what}, found "${claim}", which ${first} has already`;
      return [toFault({ path, expected }, draft.file, draft.document)];
    }),
  );
}

function inFileOrder(faults: readonly Fault[]): Fault[] {
  return faults.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}
