/** The same without what the ERP names things by, which is nobody's data and must not leave. */
export function withoutKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !/^key$|Keys?$/.test(name));
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutKeys(inner)]));
}
