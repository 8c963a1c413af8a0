import { contractReference } from "../kernel/contract-reference.ts";
import { defineSubgraph } from "../kernel/define.ts";
import { CreationResolver } from "./creation/resolvers.ts";
import { ContractResolver } from "./resolvers.ts";
import { SurveyResolver, SurveysResolver } from "./survey/resolvers.ts";
import { Contract } from "./types.ts";

/** What tenants ask of their landlord, and what became of it; what the landlord asks of them. */
export default defineSubgraph({
  name: "requests",
  resolvers: [ContractResolver, CreationResolver, SurveysResolver, SurveyResolver],
  types: [Contract],
  references: { Contract: contractReference },
});
