import { defineSubgraph } from "../kernel/define.ts";
import { viewerReference } from "../kernel/viewer.ts";
import { StaffResolver, SupportChangeResolver, SupportResolver } from "./resolvers.ts";
import { SupportPrivacyResolver } from "./privacy/resolvers.ts";
import { Viewer } from "./types.ts";
import { SupportActsResolver, SupportViewResolver, ViewedResolver } from "./views/resolvers.ts";

/** What the landlord's own people see and decide. */
export default defineSubgraph({
  name: "support",
  resolvers: [
    StaffResolver,
    SupportResolver,
    SupportChangeResolver,
    ViewedResolver,
    SupportActsResolver,
    SupportViewResolver,
    SupportPrivacyResolver,
  ],
  types: [Viewer],
  references: { Viewer: viewerReference },
});
