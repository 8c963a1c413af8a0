import { contractReference } from "../kernel/contract-reference.ts";
import { defineSubgraph } from "../kernel/define.ts";
import { ContractResolver, DocumentResolver } from "./resolvers.ts";
import {
  AssemblyMinutes,
  ChargeRegularisation,
  Contract,
  FundsCall,
  RentNotice,
  RentReceipt,
} from "./types.ts";

/** Rent notices, receipts, regularisations, and the links to their files. */
export default defineSubgraph({
  name: "documents",
  resolvers: [ContractResolver, DocumentResolver],
  types: [Contract, RentNotice, RentReceipt, ChargeRegularisation, FundsCall, AssemblyMinutes],
  references: { Contract: contractReference },
});
