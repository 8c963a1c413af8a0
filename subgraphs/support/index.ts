import { defineSubgraph } from "../kernel/define.ts";
import { viewerReference } from "../kernel/viewer.ts";
import { StaffResolver, SupportChangeResolver, SupportResolver } from "./resolvers.ts";
import { Viewer } from "./types.ts";

/** What the landlord's own people see and decide. */
export default defineSubgraph({
  name: "support",
  resolvers: [StaffResolver, SupportResolver, SupportChangeResolver],
  types: [Viewer],
  references: { Viewer: viewerReference },
});
