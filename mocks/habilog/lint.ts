/** For tests: what libxml2 says of documents by the published XSD. */
import { validateXML } from "xmllint-wasm";
import { published, xsdFile } from "./schema.ts";

/** What is wrong with each document; null where it fits. */
export async function lint(documents: readonly string[]): Promise<(string | null)[]> {
  const result = await validateXML({
    xml: documents.map((contents, i) => ({ fileName: `m${i}.xml`, contents })),
    schema: [{ fileName: xsdFile, contents: published.get(xsdFile)! }],
  });
  return documents.map((_, i) => {
    const own = result.errors.filter((error) => error.rawMessage.startsWith(`m${i}.xml`));
    return own.length > 0 ? own.map((error) => error.message).join("; ") : null;
  });
}
