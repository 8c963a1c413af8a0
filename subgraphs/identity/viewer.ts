import type { RequestContext } from "../kernel/context.ts";
import { viewerId } from "../kernel/viewer.ts";
import type { Viewer } from "./types.ts";

export function showViewer(context: RequestContext): Viewer | null {
  const { viewer } = context;
  return viewer && { id: viewerId(context, viewer.accountId), email: viewer.email };
}
