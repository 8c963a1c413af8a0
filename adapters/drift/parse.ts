/** From the files of a description to the interface that it describes. */
import { parse as parseYaml } from "yaml";
import { PortError } from "../ports/errors.ts";
import type { Described } from "./described.ts";
import { readOpenApi } from "./openapi.ts";
import { readWsdl, type ReadText } from "./wsdl.ts";

/** YAML takes long to read, and nothing else is done meanwhile. */
const longestYaml = 1024 * 1024;

/** Throws BAD_RESPONSE for what is no such description, and whatever `read` throws. */
export async function parseDescription(
  kind: "wsdl" | "openapi",
  url: URL,
  read: ReadText,
): Promise<Described> {
  return kind === "wsdl" ? readWsdl(url, read) : readOpenApi(parseText(await read(url)));
}

function parseText(text: string): unknown {
  if (/^\s*</.test(text)) throw new PortError("BAD_RESPONSE", "A page, or XML");
  const isJson = /^\s*\{/.test(text);
  if (!isJson && text.length > longestYaml) {
    throw new PortError("BAD_RESPONSE", `YAML of more than ${longestYaml} characters`);
  }
  try {
    return isJson ? (JSON.parse(text) as unknown) : (parseYaml(text) as unknown);
  } catch (error) {
    // The parser's message quotes the text.
    throw new PortError("BAD_RESPONSE", "Neither JSON nor YAML", { cause: (error as Error).name });
  }
}
