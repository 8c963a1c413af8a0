/** A running mock of a payment provider. */
export interface MockProvider {
  /** `http://127.0.0.1:port`, no slash at the end. */
  readonly url: string;
  /** Of the control door, same form. */
  readonly doorUrl: string;
  close(): Promise<void>;
}
