import billing from "../subgraphs/billing/index.ts";
import contract from "../subgraphs/contract/index.ts";
import documents from "../subgraphs/documents/index.ts";
import identity from "../subgraphs/identity/index.ts";
import type { Subgraph } from "../subgraphs/kernel/define.ts";
import requests from "../subgraphs/requests/index.ts";
import support from "../subgraphs/support/index.ts";

/** All that the schema is made of. rover.yaml names the same ones. */
export const subgraphs: readonly Subgraph[] = [
  identity,
  contract,
  billing,
  documents,
  requests,
  support,
];
