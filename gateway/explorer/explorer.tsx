/** Runs in the browser: GraphiQL, with a landlord picker, sign-in and the saved operations. */
import "graphiql/style.css";
import "./explorer.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";
import { Bar } from "./bar.tsx";
import { configElementId, type ExplorerConfig } from "./config.ts";
import { operationsPlugin } from "./operations.tsx";
import { chooseLandlord, chosenLandlord, send } from "./session.ts";
import { language } from "./texts.ts";

const config = JSON.parse(
  document.getElementById(configElementId)?.textContent ?? "",
) as ExplorerConfig;

const known = (id: string | undefined) => config.landlords.some((landlord) => landlord.id === id);
const byHost = location.hostname.split(".")[0];
const landlord = [chosenLandlord(), byHost].find(known) ?? config.landlords[0]?.id ?? "";
chooseLandlord(landlord);
document.documentElement.lang = language;

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      new Worker(config.workers[label as keyof ExplorerConfig["workers"]] ?? config.workers.editor),
  },
});

const operations = operationsPlugin(config.operations);
const plugins = [operations, HISTORY_PLUGIN];

const container = document.getElementById("explorer");
if (!container) throw new Error("The page has no place for the Explorer.");
createRoot(container).render(
  <>
    <Bar config={config} initial={landlord} />
    <GraphiQL
      fetcher={(operation, options) =>
        send(config.endpoint, operation, options?.headers) as Promise<{ data: object }>
      }
      plugins={plugins}
      visiblePlugin={operations}
      defaultQuery={config.operations[0]?.text ?? ""}
      defaultEditorToolsVisibility="variables"
      schemaDescription
      // Variables may be personal data: kept no longer than the tab, like the session.
      storage={sessionStorage}
    />
  </>,
);
