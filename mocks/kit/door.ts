import type { Server } from "node:http";
import { z } from "zod";
import type { Calls } from "./calls.ts";
import { doorPage } from "./door-page.ts";
import { routedDoor, type Routes } from "./door-routes.ts";
import { Edit, type Edits } from "./edits.ts";
import { Fault } from "./faults.ts";
import type { MockProduct } from "./product.ts";
import {
  buildingState,
  contractState,
  newsState,
  peopleState,
  personState,
  progressRequest,
} from "./state.ts";

/** What the door works on. */
export interface Behind {
  product: MockProduct;
  /** Of the ERP itself. */
  url: string;
  calls: Calls;
  edits: Edits;
  faults(): Fault[];
  setFaults(faults: Fault[]): Promise<void>;
  restart(): void;
}

const routes: Routes<Behind> = {
  "GET /faults": ({ behind }) => behind.faults(),
  "PUT /faults": async ({ behind, body }) => {
    const faults = z.array(Fault).parse(Array.isArray(body) ? body : [body]);
    await behind.setFaults(faults);
    return behind.faults();
  },
  "DELETE /faults": async ({ behind }) => {
    await behind.setFaults([]);
    return [];
  },
  "GET /description": ({ behind }) => behind.edits.list(),
  "PUT /description": ({ behind, body }) => {
    behind.edits.set(z.array(Edit).parse(Array.isArray(body) ? body : [body]));
    return behind.edits.list();
  },
  "DELETE /description": ({ behind }) => {
    behind.edits.set([]);
    return behind.edits.list();
  },
  "POST /restart": ({ behind }) => {
    behind.restart();
    return { done: "restart" };
  },
  "POST /lose-sessions": ({ behind }) => {
    behind.product.loseSessions();
    return { done: "lose-sessions" };
  },
  "GET /writes": ({ behind }) => behind.product.writes.list(),
  "POST /night": ({ behind }) => behind.product.runNight?.(),
  "GET /documents": ({ behind }) => weightOf(behind),
  "PUT /documents": ({ behind, body }) => {
    behind.product.world.leastFileBytes = Weight.parse(body).bytes;
    return weightOf(behind);
  },
  "GET /calls": ({ behind }) => behind.calls.report(),
  "DELETE /calls": ({ behind }) => {
    behind.calls.forget();
    return behind.calls.report();
  },
  "GET /state/people": ({ behind, url }) => peopleState(behind.product, url.searchParams),
  "GET /state/people/": ({ behind, rest }) => personState(behind.product, rest),
  "GET /state/contracts/": ({ behind, rest }) => contractState(behind.product, rest),
  "PUT /state/requests/": ({ behind, rest, body }) =>
    progressRequest(behind.product, rest, Progress.parse(body)),
  "GET /state/buildings/": ({ behind, rest }) => buildingState(behind.product, rest),
  "GET /state/news": ({ behind }) => newsState(behind.product),
};

const Weight = z.strictObject({ bytes: z.int().min(0).max(200_000_000) });

/** What somebody at the landlord's does with a request: of a contract, by the World's number. */
const Progress = z.strictObject({
  number: z.int(),
  status: z.enum([
    "RECEIVED",
    "IN_PROGRESS",
    "SCHEDULED",
    "WAITING_FOR_TENANT",
    "DONE",
    "CANCELLED",
  ]),
  comment: z.string().nullable(),
});

const weightOf = ({ product }: Behind) => ({ bytes: product.world.leastFileBytes });

/** The control door of one mock ERP: JSON over HTTP, and a page that shows what it can do. */
export const createDoor = (behind: Behind): Server => routedDoor(behind, routes, doorPage);
