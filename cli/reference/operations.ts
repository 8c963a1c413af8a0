/** The saved operations, each with the fields of the schema that it asks for. */
import { buildSchema, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import { readFileSync } from "node:fs";
import { readOperations } from "../../gateway/operations.ts";

export interface AskingOperation {
  /** `F12-home` */
  readonly name: string;
  /** `Viewer.contracts`; a field of a type is one of its interfaces, too. */
  readonly fields: ReadonlySet<string>;
}

export function askingOperations(schemaFolder: URL): AskingOperation[] {
  const api = buildSchema(readFileSync(new URL("api.graphql", schemaFolder), "utf8"));
  return readOperations(schemaFolder).map(({ name, text }) => {
    const fields = new Set<string>();
    const types = new TypeInfo(api);
    visit(
      parse(text),
      visitWithTypeInfo(types, {
        Field: ({ name: field }) => {
          const parent = types.getParentType();
          const interfaces = parent && "getInterfaces" in parent ? parent.getInterfaces() : [];
          for (const type of [parent, ...interfaces]) fields.add(`${type?.name}.${field.value}`);
        },
      }),
    );
    return { name, fields };
  });
}
