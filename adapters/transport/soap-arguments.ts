/**
 * Arguments as the soap package may take them: plain data in, plain data out. Throws INVALID_INPUT
 * for text that XML cannot hold, INTERNAL for what is not plain data or does not fit.
 */
import { PortError } from "../ports/errors.ts";
import { isShape } from "./soap-data.ts";
import { notXmlCharacter } from "./xml-guard.ts";

type Arguments = Record<string, unknown>;

/** Under which name the soap package is given attributes; no element can be called so. */
export const attributesKey = "$attributes";

/** rpc style binds by position in many servers, and an absent parameter would shift the others. */
export function byPosition(parameters: string[], args: Arguments): Arguments {
  const given = Object.keys(args).filter((name) => args[name] !== undefined);
  const fits =
    given.length === parameters.length && parameters.every((name) => given.includes(name));
  if (!fits)
    throw new PortError(
      "INTERNAL",
      `Arguments are missing or too many: it takes ${parameters.join(", ")}`,
    );
  const nil = { [attributesKey]: { "xsi:nil": "true" } };
  return Object.fromEntries(
    parameters.map((name) => [name, plainValue(args[name], undefined) ?? nil]),
  );
}

/**
 * A record with its elements in the order of the schema, which a validating ERP insists on. The
 * soap package orders named types only.
 */
export function inOrder(args: object, shape: unknown): Arguments {
  const order = isShape(shape) ? Object.keys(shape).map((name) => name.replace("[]", "")) : [];
  const placeOf = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const entries = Object.entries(args).toSorted(([a], [b]) => placeOf(a) - placeOf(b));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (!/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(name) || name === "_xml") {
        throw new PortError("INTERNAL", "An argument whose name is no element's name");
      }
      return [
        name,
        plainValue(value, isShape(shape) ? (shape[name] ?? shape[`${name}[]`]) : undefined),
      ];
    }),
  );
}

function plainValue(value: unknown, shape: unknown): unknown {
  if (value === undefined || value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return plainText(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map((item) => plainValue(item, shape));
  if (Object.getPrototypeOf(value) === Object.prototype) return inOrder(value, shape);
  throw new PortError("INTERNAL", "An argument that is not plain data");
}

/** The soap package lets text through unescaped that looks like a CDATA section. */
function plainText(text: string): unknown {
  if (notXmlCharacter.test(text)) {
    throw new PortError("INVALID_INPUT", "A text with characters that XML cannot hold");
  }
  if (!text.startsWith("<![CDATA[")) return text;
  return {
    $xml: text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll("\r", "&#xD;"),
  };
}
