import type { ServiceRequest } from "../../adapters/ports/requests.ts";

export type RequestStep = ServiceRequest["updates"][number];

/** What has happened to a request, oldest first; at least that it stands where it does. */
export const stepsOf = ({ updates, status, createdAt }: ServiceRequest): RequestStep[] =>
  updates.length > 0 ? updates : [{ at: createdAt, status, comment: null }];

/** Names a step: the same however its comment is reworded. */
export const nameOfStep = ({ at, status }: RequestStep): string =>
  `${new Date(at).toISOString()} ${status}`;

export const isOver = ({ status }: Pick<ServiceRequest, "status">): boolean =>
  status === "DONE" || status === "CANCELLED";
