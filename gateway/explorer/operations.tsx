import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { useState } from "react";
import type { ExplorerConfig } from "./config.ts";
import { variablesFor } from "./variables.ts";

/** A list of the saved operations in GraphiQL's side bar; a click opens one in a tab of its own. */
export function operationsPlugin(operations: ExplorerConfig["operations"]): GraphiQLPlugin {
  return {
    title: "Saved operations",
    icon: Icon,
    content: () => <Operations operations={operations} />,
  };
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d="M6 3h12v18l-6-4.5L6 21z" />
    </svg>
  );
}

function Operations({ operations }: Pick<ExplorerConfig, "operations">) {
  const [filter, setFilter] = useState("");
  const { addTab } = useGraphiQLActions();
  const editor = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const schema = useGraphiQL((state) => state.schema);
  const open = (text: string) => {
    if (editor?.getValue().trim()) addTab();
    editor?.setValue(text);
    variables?.setValue(variablesFor(text, schema));
    editor?.focus();
  };
  const shown = operations.filter(({ name, text }) =>
    `${name}\n${text}`.toLowerCase().includes(filter.toLowerCase()),
  );
  return (
    <section className="operations">
      <h2>Saved operations</h2>
      <input
        type="search"
        placeholder="Filter"
        aria-label="Filter"
        value={filter}
        onChange={(event: { target: HTMLInputElement }) => setFilter(event.target.value)}
      />
      <ul>
        {shown.map(({ name, text }) => (
          <li key={name}>
            <button type="button" onClick={() => open(text)}>
              {name} <small>{kindOf(text)}</small>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p>None.</p>}
    </section>
  );
}

function kindOf(text: string): string {
  return /^\s*(query|mutation|subscription)\b/m.exec(text)?.[1] ?? "query";
}
