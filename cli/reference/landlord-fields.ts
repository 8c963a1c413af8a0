/** The fields of a landlord's file, those of its ERP product and payment provider among them. */
import type { z } from "zod";
import { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { docOf } from "./docstrings.ts";
import { fieldsOf, type Field } from "./fields.ts";

const root = new URL("../../", import.meta.url);

/** What has settings of its own: an adapter, or a payment provider. */
export interface Product {
  readonly id: string;
  readonly settings: z.ZodType;
  readonly secrets: readonly string[];
}

export const landlordFields = (): Field[] =>
  fieldsOf(Landlord, docOf(new URL("subgraphs/kernel/landlord.ts", root), "Landlord"));

/** The settings of a product, read with what its `index.ts` says of them. */
export function settingsFields(kind: "erp" | "payment", product: Product): Field[] {
  const index = new URL(`adapters/${kind}/${product.id}/index.ts`, root);
  return fieldsOf(product.settings, docOf(index, "default")?.child("settings") ?? null);
}

/** All fields of one landlord's file: `erp.settings` and `payment.settings` are the products' own. */
export function fieldsWith(erp: Product, payment: Product | undefined): Field[] {
  return landlordFields().map((field) => {
    const product = { erp, payment }[field.name as "erp" | "payment"];
    if (!product) return field;
    const settings = settingsFields(field.name as "erp" | "payment", product);
    return { ...field, fields: field.fields.map((one) => withSettings(one, settings)) };
  });
}

function withSettings(field: Field, settings: readonly Field[]): Field {
  if (field.path.at(-1) !== "settings") return field;
  const under = (one: Field): Field => ({
    ...one,
    path: [...field.path, ...one.path],
    name: `${field.name}.${one.name}`,
    fields: one.fields.map(under),
  });
  return { ...field, kind: "a map", fields: settings.map(under) };
}
