import type { Asked, Ports } from "../../adapters/ports/port.ts";
import type { PaymentDesk } from "../../payments/desk.ts";
import type { Store } from "../../store/store.ts";
import type { SupportView } from "../../store/support-views.ts";
import type { Ids } from "./ids.ts";
import type { Landlord, Language } from "./landlord.ts";
import type { KeptReads } from "./kept-reads.ts";
import type { Loaders } from "./loaders.ts";

/** Who asks: an account of this landlord, with a live session. */
export interface Viewer {
  readonly accountId: string;
  readonly sessionId: string;
  readonly email: string;
  /** The persons of the ERP that this account stands for; usually one. */
  readonly personKeys: readonly string[];
  /**
   * Where one of the landlord's people looks at this account's space: everything above is the
   * account's, but `sessionId`, which is the view's. Nothing may be changed then.
   */
  readonly support?: SupportView;
}

/**
 * What every resolver gets as its context: made once for each GraphQL request, by the gateway or
 * by a subgraph that is served alone, and thrown away with it.
 */
export interface RequestContext {
  readonly requestId: string;
  readonly landlord: Landlord;
  readonly language: Language;
  /** Null when nobody is signed in. */
  readonly viewer: Viewer | null;
  readonly ports: Ports;
  /** Null where people cannot pay online. */
  readonly payments: PaymentDesk | null;
  readonly loaders: Loaders;
  readonly kept: KeptReads;
  /** The calls that were made of the ERP, where whoever asks may know; else null. */
  readonly asked: Asked[] | null;
  readonly ids: Ids;
  readonly store: Store;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
  /** Fires then too, and when the time that the landlord's ERP may cost this request is used up. */
  readonly budget: AbortSignal;
  /** The address that the request came from, for throttling. */
  readonly clientAddress: string;
  /** Where this gateway is reached from outside, no slash at the end. */
  readonly publicUrl: string;
  readonly now: () => Date;
}
