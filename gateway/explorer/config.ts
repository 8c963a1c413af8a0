export interface DemoAccount {
  readonly landlord: string;
  readonly email: string;
  readonly password: string;
  /** In a few words. */
  readonly about: string;
}

/** What the server tells the Explorer's page; it stands in the page as JSON. */
export interface ExplorerConfig {
  /** Where operations are posted to, on the same host. */
  readonly endpoint: string;
  readonly landlords: readonly { readonly id: string; readonly name: string }[];
  /** As whom it may be tried, with what the person is about: the demo's people, else nobody. */
  readonly accounts: readonly DemoAccount[];
  /** The saved operations, in the order of the list. */
  readonly operations: readonly { readonly name: string; readonly text: string }[];
  /** Addresses of the editors' workers. */
  readonly workers: { readonly editor: string; readonly json: string; readonly graphql: string };
}

export const configElementId = "explorer-config";
