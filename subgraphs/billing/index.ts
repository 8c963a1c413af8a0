import { contractReference } from "../kernel/contract-reference.ts";
import { defineSubgraph } from "../kernel/define.ts";
import { viewerReference } from "../kernel/viewer.ts";
import { ContractResolver, ViewerResolver } from "./resolvers.ts";
import { Contract, Viewer } from "./types.ts";

/** Balances, account entries, payments, means of payment and ledgers. */
export default defineSubgraph({
  name: "billing",
  resolvers: [ContractResolver, ViewerResolver],
  types: [Contract, Viewer],
  references: { Contract: contractReference, Viewer: viewerReference },
});
