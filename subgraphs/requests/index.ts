import { contractReference } from "../kernel/contract-reference.ts";
import { defineSubgraph } from "../kernel/define.ts";
import { ContractResolver } from "./resolvers.ts";
import { Contract } from "./types.ts";

/** What tenants ask of their landlord, and what became of it. */
export default defineSubgraph({
  name: "requests",
  resolvers: [ContractResolver],
  types: [Contract],
  references: { Contract: contractReference },
});
