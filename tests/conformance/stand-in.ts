/**
 * How an ERP product is stood for when its adapter is checked. Each folder under `adapters/erp/`
 * has one in `testing/conformance.ts`, exported by default.
 */
import type { MockErp } from "../../mocks/kit/product.ts";
import type { World } from "../../mocks/world/types.ts";

export interface StandIn {
  /** For whom the World is made. */
  readonly landlord: string;
  start(world: World): Promise<MockErp>;
  /** As in a landlord's file, secrets resolved. */
  settings(url: string): unknown;
  /** How many calls at once the landlord's file allows. */
  readonly concurrency: number;
  /** What people of this landlord type when they register, if they do. */
  readonly reference: "CUSTOMER" | "CONTRACT" | null;
  /** Keys in the ERP's own form, of nobody. */
  readonly unknownPerson: string;
  readonly unknownContract: string;
  /** As in the landlord's file. */
  readonly debitDays: readonly number[];
  readonly provider: "PAYFIP" | "LYRA";
}
