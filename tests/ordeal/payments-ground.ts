/** Where payments are put to the ordeal: gateways, providers, ERPs, and a clock that all of them share. */
import type { Asker } from "./askers.ts";
import type { ProviderDoor } from "./payments-trouble.ts";

/** A mock ERP, by its control door. */
export interface ErpDoor {
  readonly landlord: string;
  readonly product: string;
  readonly doorUrl: string;
}

export interface PaymentsGround {
  /** Of the gateways: any of them may be asked. */
  readonly urls: readonly string[];
  /** Where they hear providers. */
  readonly publicUrl: string;
  readonly erps: readonly ErpDoor[];
  readonly providers: readonly ProviderDoor[];
  readonly askers: readonly Asker[];
  /** Lets time pass for everybody, the gateways being away meanwhile. */
  later(minutes: number): Promise<void>;
  /** What goes wrong with the gateways and the ERPs, until it is over. */
  besides(over: AbortSignal, count: (trouble: string) => void): Promise<void>;
  /** Somebody has just decided on a provider's page. */
  decided(): void;
  /** Messages made of true ones, by whoever hears them on their way, that were taken for true. */
  forgedOnTheWay(): number;
}
