/** `README.md` of a new adapter: where to begin, what the ERP can be asked, what is still to be told. */
import { domains } from "./domains.ts";
import type { Generated, GeneratedFile } from "./generated.ts";

/** What the first pages of a portal need, in the order in which they are best written. */
const firstSteps: readonly (readonly [ports: readonly string[], why: string])[] = [
  [
    ["registrations"],
    "so that a person gets in: a reference and a name are compared with what the ERP has. Where people sign in with credentials of the ERP, `credentials` instead",
  ],
  [["persons"], "who they are"],
  [["contracts"], "what they rent; from here on the home page shows"],
  [["balances"], "what they owe, and as of when"],
  [["insurancePolicies", "billingAddresses"], "the rest of each contract on the home page"],
  [["serviceRequests"], "their open requests"],
  [["rentNotices", "documentContents"], "the newest notice, and the file of any document"],
  [["accountEntries", "payments"], "the page of the account"],
];

export function readmeFile(product: string, generated: Generated): GeneratedFile {
  const { settings, operations, left, description } = generated;
  const text = `# ${product}

The adapter for ${product}. ${
    description
      ? `\`${description.path}\` is the description that it was made from.`
      : "It was begun without a description of the ERP."
  } A port that is not written yet is no capability: portals show the page without it.

## Settings

| setting | what it is | in a landlord's file |
| --- | --- | --- |
${settings.map(({ name, about, secret, example }) => `| \`${name}\` | ${cell(about)} | ${secret ? "the name of a variable" : `\`${cell(example)}\``} |`).join("\n")}

## Where to begin

In the order of the home page (\`schema/operations/F12-home.graphql\`), one port after the other, with \`npx trousseau adapter check <landlord> --only <port>.\` after each:

${firstSteps.map(([ports, why], index) => `${index + 1}. ${ports.map(linkTo).join(", ")}: ${why}.`).join("\n")}

Then what your portal shows besides. Changes come last, each with its \`repeat\` (\`adapters/ports/changes.ts\`): how a second try is kept from being applied twice.

To write one, replace \`notYet(balances, here)\` by \`serve(balances, { … })\` in its file: TypeScript says what is wanted, and the comments in \`adapters/ports/\` what it means. The list takes \`client\` then instead of \`_client\`. A read gets many keys and answers as many, in their order; \`adapters/transport/each-once.ts\` asks one by one, equal ones once. Fill in \`uses\` of \`index.ts\` as you go. Delete the lines of ports that the ERP will never serve.

## Ports

| file | ports, none of them written yet |
| --- | --- |
${domains.map(({ name, ports }) => `| \`${name}.ts\` | ${ports.map((port) => `\`${port}\``).join(", ")} |`).join("\n")}

## Operations

| operation | what it is for | how it is called |
| --- | --- | --- |
${operations.map(({ name, about, call }) => `| \`${name}\` | ${cell(about)} | \`${cell(call)}\` |`).join("\n")}
${leftLines(left)}
## Quirks

What the ERP does that nobody would expect, what the adapter does about it, and the test that shows it.

| what the ERP does | what the adapter does | test |
| --- | --- | --- |
`;
  return { path: "README.md", text };
}

const linkTo = (port: string): string => {
  const domain = domains.find(({ ports }) => ports.includes(port));
  if (!domain) throw new Error(`There is no port ${port}: firstSteps is out of date.`);
  return `\`${port}\` (\`${domain.name}.ts\`)`;
};

function leftLines(left: readonly string[]): string {
  if (left.length === 0) return "";
  return `\n## What was left out\n\n${left.map((line) => `- ${cell(line)}`).join("\n")}\n`;
}

const cell = (text: string): string =>
  text.replace(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "\\<").trim();
