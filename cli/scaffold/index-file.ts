/** `index.ts` of a new adapter: its settings, its description, and all its lists of ports plugged in. */
import { domains } from "./domains.ts";
import type { Generated, GeneratedFile, GeneratedSetting } from "./generated.ts";
import { importLines } from "./imports.ts";

export function indexFile(product: string, generated: Generated): GeneratedFile {
  const { settings, description } = generated;
  const schemas = settings.map(({ schema }) => schema).join(" ");
  const secrets = settings.filter(({ secret }) => secret).map(({ name }) => `"${name}"`);
  const imports = [
    { names: ["z"], from: "zod" },
    { names: ["defineAdapter"], from: "../../ports/adapter.ts" },
    ...(schemas.includes("isTimeZone")
      ? [{ names: ["isTimeZone"], from: "../../transport/wall-clock.ts" }]
      : []),
    { names: ["createClient"], from: "./client.ts" },
    ...domains.map(({ name, list }) => ({ names: [list], from: `./${name}.ts` })),
  ];
  const text = `/** The ERP product ${product}. Its habits: README.md. */
${importLines(imports)}

export default defineAdapter({
  id: "${product}",
  settings: z.strictObject({
${settings.map(settingLines).join("\n")}
  }),
  secrets: [${secrets.join(", ")}],
${description ? descriptionLines(description) : ""}${connectLines(description?.kind === "wsdl")}
});
`;
  return { path: "index.ts", text };
}

const settingLines = ({ name, schema, about }: GeneratedSetting): string =>
  `    /** ${commentText(about)} */\n    ${name}: ${schema},`;

/** In a comment on one line. */
export const commentText = (text: string): string =>
  text.replaceAll("*/", "* /").replace(/\s+/g, " ").trim();

function descriptionLines({ kind, path }: NonNullable<Generated["description"]>): string {
  const live =
    kind === "wsdl" ? "({ endpoint }) => ({ url: `${endpoint}?wsdl`, headers: {} })" : "() => null";
  return `  description: {
    kind: "${kind}",
    file: new URL("./${path}", import.meta.url),
    live: ${live},
    // Which ports hang on which operation: \`NameOfTheOperation: ["balances"]\`.
    uses: {},
  },
`;
}

function connectLines(asynchronous: boolean): string {
  const [kind, wait] = asynchronous ? ["async ", "await "] : ["", ""];
  return `  connect: ${kind}(settings, io) => {
    const client = ${wait}createClient(settings, io);
    return {
      ports: [
${domains.map(({ list }) => `        ...${list}(client),`).join("\n")}
      ],
      close: () => client.close(),
    };
  },`;
}
