/** The other pages of `docs/reference/`: the landlord's file, errors, the environment, commands. */
import type { Command } from "commander";
import { errorTable, type ErrorCode } from "../../adapters/ports/errors.ts";
import { Environment } from "../../gateway/config.ts";
import { OAuth2Provider, OpenIdProvider } from "../../gateway/landlord-file/social.ts";
import { errorFor, leavingTable, type LeavingCode } from "../../subgraphs/kernel/errors.ts";
import { socialPresets } from "../../subgraphs/kernel/social.ts";
import { docOf } from "./docstrings.ts";
import { fieldsOf, flatten, type Field } from "./fields.ts";
import { landlordFields, settingsFields, type Product } from "./landlord-fields.ts";
import { code, generated, page, table, wordDefault } from "./markdown.ts";

const root = new URL("../../", import.meta.url);

const fieldTable = (fields: readonly Field[], secrets: readonly string[] = []) =>
  table(
    ["field", "what stands there", "unless told", "meaning"],
    flatten(fields).map((field) => [
      code(field.name),
      secrets.includes(field.name) ? `secret: ${code("{ env: NAME }")}` : field.kind,
      wordDefault(field),
      field.text,
    ]),
  );

export function landlordFilePage(erps: readonly Product[], providers: readonly Product[]): string {
  const [plain, maps] = [false, true].map((map) =>
    landlordFields().filter(({ fields }) => fields.length > 0 === map),
  );
  const social = new URL("gateway/landlord-file/social.ts", root);
  return page(
    generated("the schemas of subgraphs/kernel/landlord.ts and of each product"),
    "# A landlord's file",
    "One YAML file for each landlord, `landlords/<id>.yaml`. `npx trousseau landlord new <id>` writes one with every field in it, `npx trousseau landlord check <id>` says what is wrong with it. Whatever a tenant reads is written twice: `{ fr: …, en: … }`.",
    "Settings of products may hold `${NAME}` or `${NAME:-default}`, from the environment. A secret never stands in the file: it is `{ env: NAME }`, the name of a variable. Names of variables begin with the landlord's id, like `LA_ROCHELLE_ERP_PASSWORD`: no file reads what is another landlord's, or the house's.",
    "## Fields",
    fieldTable(plain!),
    ...maps!.map((field) =>
      `### ${field.name}\n\n${page(field.text, fieldTable(field.fields))}`.trimEnd(),
    ),
    "### Providers of social sign-in",
    `Known in advance, so that a client id and a secret are enough: ${[...socialPresets.keys()].map(code).join(", ")}. Any other one by its own endpoints. With \`protocol: openid\`:`,
    fieldTable(fieldsOf(OpenIdProvider, docOf(social, "OpenIdProvider")), ["clientSecret"]),
    "With `protocol: oauth2`:",
    fieldTable(fieldsOf(OAuth2Provider, docOf(social, "OAuth2Provider")), ["clientSecret"]),
    ...erps.map((product) => settingsSection("erp", product)),
    ...providers.map((product) => settingsSection("payment", product)),
  );
}

const settingsSection = (kind: "erp" | "payment", product: Product) =>
  `## ${kind}.settings of ${product.id}\n\nIts habits: [README](../../adapters/${kind}/${product.id}/README.md).\n\n${fieldTable(settingsFields(kind, product), product.secrets)}`;

export function errorsPage(): string {
  const place = { landlord: null, requestId: "" };
  const shown = (each: LeavingCode, language: "fr" | "en") =>
    errorFor(each, { ...place, language }).message;
  const thrown = docOf(new URL("adapters/ports/errors.ts", root), "errorTable");
  const codes = Object.keys(leavingTable) as LeavingCode[];
  const again = (each: LeavingCode) => (leavingTable[each].retryable ? "yes" : "no");
  return page(
    generated("adapters/ports/errors.ts and subgraphs/kernel/errors.ts"),
    "# Errors",
    "The table is closed: no other code leaves the gateway. Each error has `extensions.code`, `extensions.retryable`, `extensions.landlord` and `extensions.requestId`; its `message` may be shown as it is, in the language that was asked for.",
    table(
      ["code", "meaning", "the same call may succeed later", "shown in French", "shown in English"],
      codes.map((each) => [
        code(each),
        leavingTable[each].meaning,
        again(each),
        shown(each, "fr"),
        shown(each, "en"),
      ]),
    ),
    "What is wrong with what somebody typed is no error of this kind: it stands in `userErrors` of the mutation.",
    "## When an adapter throws it",
    "As a `PortError`, and nothing else. `notApplied` says of a change that it is certain that the ERP did nothing; then it is sent again. `answered` says that the ERP was there, and failed at this one question: then it may be one person's record, and counts once.",
    table(
      ["code", "thrown for"],
      (Object.keys(errorTable) as ErrorCode[]).map((each) => [
        code(each),
        thrown?.child(each)?.text ?? "",
      ]),
    ),
  );
}

export function environmentPage(): string {
  const fields = fieldsOf(Environment, docOf(new URL("gateway/config.ts", root), "Environment"));
  return page(
    generated("gateway/config.ts"),
    "# Environment",
    "What `npm start` reads. Everything that is missing or wrong is said at once, by name and never with its value; `npx trousseau doctor` says it without a start. Beside these there are the variables that landlords' files name.",
    table(
      ["variable", "what stands there", "unless told", "meaning"],
      fields.map((field) => [
        code(field.name),
        wordVariable(field),
        wordDefault(field),
        field.text,
      ]),
    ),
  );
}

/** What the schema cannot tell of itself, as it makes something else of the text. */
const wordVariable = ({ name, kind }: Field): string =>
  name.endsWith("SECRET") ? "32 bytes in base64, as `openssl rand -base64 32` prints them" : kind;

export function commandsPage(program: Command): string {
  return page(
    generated("cli/"),
    "# Commands",
    "Each ends with 0 in good order, with 1 where something is wrong, with 2 where it was called wrongly.",
    ...leaves(program).map(
      (command) =>
        `## ${nameOf(command)}\n\n\`\`\`\n${command.helpInformation().trimEnd()}\n\`\`\``,
    ),
  );
}

/** Commands that do something, rather than hold others. */
const leaves = (command: Command): Command[] => {
  command.configureOutput({ getOutHelpWidth: () => 90, getOutHasColors: () => false });
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
};

const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : `npx ${command.name()}`;
