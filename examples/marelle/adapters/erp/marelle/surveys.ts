/** Ports of `ports/surveys.ts`. Replace `notYet(x, here)` by `serve(x, { … })`: README.md. */
import { notYet, type Served } from "../../ports/port.ts";
import { surveyAnswers, surveys } from "../../ports/surveys.ts";
import type { Client } from "./client.ts";

const here = "adapters/erp/marelle/surveys.ts";

export const surveyPorts = (_client: Client): Served[] => [
  notYet(surveyAnswers, here),
  notYet(surveys, here),
];
