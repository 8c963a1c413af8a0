/** What the server tells the Explorer's page; it stands in the page as JSON. */
export interface ExplorerConfig {
  /** Where operations are posted to, on the same host. */
  readonly endpoint: string;
  readonly landlords: readonly { readonly id: string; readonly name: string }[];
  /** The saved operations, in the order of the list. */
  readonly operations: readonly { readonly name: string; readonly text: string }[];
  /** Addresses of the editors' workers. */
  readonly workers: { readonly editor: string; readonly json: string; readonly graphql: string };
}

export const configElementId = "explorer-config";
