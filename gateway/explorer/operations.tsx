import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { useState } from "react";
import type { ExplorerConfig } from "./config.ts";
import { bySubject, type Listed, type Subject } from "./subjects.ts";
import { inLanguage, say } from "./texts.ts";
import { variablesFor } from "./variables.ts";

/** A list of the saved operations in GraphiQL's side bar; a click opens one in a tab of its own. */
export function operationsPlugin(operations: ExplorerConfig["operations"]): GraphiQLPlugin {
  return {
    title: say("operations"),
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
  const [search, setSearch] = useState("");
  const open = useOpen();
  const subjects = bySubject(operations, search);
  return (
    <section className="operations">
      <h2>{say("operations")}</h2>
      <input
        type="search"
        placeholder={say("filter")}
        aria-label={say("filter")}
        value={search}
        onChange={(event: { target: HTMLInputElement }) => setSearch(event.target.value)}
      />
      {subjects.map((subject) => (
        <SubjectList
          key={`${subject.title.en} ${search === ""}`}
          subject={subject}
          shown={search !== ""}
          open={open}
        />
      ))}
      <p role="status">{subjects.length === 0 && say("noneFound")}</p>
    </section>
  );
}

/** Lays an operation out in the editor, with its variables to be filled in. */
function useOpen(): (operation: Listed) => void {
  const { addTab } = useGraphiQLActions();
  const editor = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const schema = useGraphiQL((state) => state.schema);
  return ({ text }) => {
    if (editor?.getValue().trim()) addTab();
    editor?.setValue(text);
    variables?.setValue(variablesFor(text, schema));
    editor?.focus();
  };
}

interface SubjectListProps {
  subject: Subject;
  shown: boolean;
  open: (operation: Listed) => void;
}

function SubjectList({ subject: { title, operations }, shown, open }: SubjectListProps) {
  return (
    <details open={shown}>
      <summary>
        {inLanguage(title)} <small>{operations.length}</small>
      </summary>
      <ul>
        {operations.map((operation) => (
          <li key={operation.name}>
            <button type="button" onClick={() => open(operation)}>
              {operation.name} <small>{operation.kind}</small>
              <span lang="en">{operation.about}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
