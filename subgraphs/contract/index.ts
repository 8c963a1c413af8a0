import { defineSubgraph } from "../kernel/define.ts";
import { ownContract } from "../kernel/ownership.ts";
import { viewerReference } from "../kernel/viewer.ts";
import { showContract } from "./contracts.ts";
import { ChangesResolver } from "./changes/resolvers.ts";
import {
  BillingAddressResolver,
  InsuranceResolver,
  OccupantResolver,
} from "./mutations/resolvers.ts";
import { ContractResolver, ViewerResolver } from "./resolvers.ts";
import { Viewer } from "./types.ts";

/** Contracts, their units, insurance, billing address and contacts. Owns Contract. */
export default defineSubgraph({
  name: "contract",
  resolvers: [
    ContractResolver,
    ViewerResolver,
    ChangesResolver,
    BillingAddressResolver,
    OccupantResolver,
    InsuranceResolver,
  ],
  types: [Viewer],
  references: {
    Contract: async ({ id }, context) => {
      const contract = await ownContract(context, id);
      return contract && showContract(context, contract);
    },
    Viewer: viewerReference,
  },
});
