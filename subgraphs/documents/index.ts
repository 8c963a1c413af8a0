import { contractReference } from "../kernel/contract-reference.ts";
import { defineSubgraph } from "../kernel/define.ts";
import { ContractResolver, DocumentResolver } from "./resolvers.ts";
import { LandlordUploadResolver, UploadResolver } from "./uploads/resolvers.ts";
import { Landlord } from "./uploads/types.ts";
import {
  AssemblyMinutes,
  ChargeRegularisation,
  Contract,
  FundsCall,
  RentNotice,
  RentReceipt,
} from "./types.ts";

/** Rent notices, receipts, regularisations, the links to their files; and files that people send. */
export default defineSubgraph({
  name: "documents",
  resolvers: [ContractResolver, DocumentResolver, UploadResolver, LandlordUploadResolver],
  types: [
    Contract,
    RentNotice,
    RentReceipt,
    ChargeRegularisation,
    FundsCall,
    AssemblyMinutes,
    Landlord,
  ],
  references: {
    Contract: contractReference,
    Landlord: ({ id }, context) => (id === context.landlord.id ? { id } : null),
  },
});
