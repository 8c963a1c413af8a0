import { contractReference } from "../kernel/contract-reference.ts";
import { defineSubgraph } from "../kernel/define.ts";
import { ContractResolver } from "./resolvers.ts";
import { Contract } from "./types.ts";

/** Balances, account entries and payments of contracts. */
export default defineSubgraph({
  name: "billing",
  resolvers: [ContractResolver],
  types: [Contract],
  references: { Contract: contractReference },
});
