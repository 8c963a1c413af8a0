/** What is wrong with a variable and can be told without its value. */
const tellable = [
  /Field "\w+" of required type "[\w![\]]+" was not provided\.$/,
  /Field "\w+" is not defined by type "\w+"\./,
  /Expected non-nullable type "[\w![\]]+" not to be null\.$/,
  /Expected type "\w+" to be an object\.$/,
];

/**
 * What GraphQL says of a client's document or variables, without the values that were sent: these
 * may be a password or a name, and errors end up in logs of front-ends. Suggestions of names are
 * left out of what is said of variables.
 */
export function withoutValues(message: string): string {
  const variable = /^Variable "\$\w+" got invalid value /.exec(message);
  if (variable) return aboutVariable(message);
  return message
    .replace(/\b(String|BlockString|Int|Float) "[\s\S]*"/, "$1")
    .replace(/(Expected value of type "[\w![\]]+"), found [\s\S]*$/, "$1.")
    .replace(/\b(cannot represent [\w\s-]{0,40}value): [\s\S]*$/, "$1.");
}

function aboutVariable(message: string): string {
  const [, name] = /^Variable "(\$\w+)"/.exec(message) ?? [];
  const path = [...message.matchAll(/ at "([\w.[\]]+)"; /g)].at(-1)?.[1];
  const place = path === undefined ? "" : ` at "${path}"`;
  const told = tellable.map((pattern) => pattern.exec(message)?.[0]).find(Boolean);
  return `Variable "${name}" has an invalid value${place}: ${told ?? "it does not fit its type."}`;
}
