import { contractReference } from "../kernel/contract-reference.ts";
import { defineSubgraph } from "../kernel/define.ts";
import { viewerReference } from "../kernel/viewer.ts";
import { BankDetailsResolver } from "./bank/resolvers.ts";
import { DirectDebitResolver, LandlordDirectDebitResolver } from "./direct-debit/resolvers.ts";
import { Landlord } from "./direct-debit/types.ts";
import {
  CardPaymentResolver,
  ContractPaymentResolver,
  ViewerPaymentResolver,
} from "./pay/resolvers.ts";
import { ContractResolver, ViewerResolver } from "./resolvers.ts";
import { Contract, Viewer } from "./types.ts";

/** Balances, account entries, payments, means of payment and ledgers; paying online. */
export default defineSubgraph({
  name: "billing",
  resolvers: [
    ContractResolver,
    ViewerResolver,
    BankDetailsResolver,
    DirectDebitResolver,
    LandlordDirectDebitResolver,
    CardPaymentResolver,
    ContractPaymentResolver,
    ViewerPaymentResolver,
  ],
  types: [Contract, Viewer, Landlord],
  references: {
    Contract: contractReference,
    Viewer: viewerReference,
    Landlord: ({ id }, context) => (id === context.landlord.id ? { id } : null),
  },
});
