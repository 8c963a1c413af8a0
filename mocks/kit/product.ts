import type { IncomingHttpHeaders } from "node:http";
import type { World, WorldContract, WorldPerson } from "../world/types.ts";
import type { Writes } from "./writes.ts";

/** A request as a mock product sees it: read to its end, whatever its encoding. */
export interface MockRequest {
  method: string;
  url: URL;
  /** The path of `url`, still percent-encoded. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface MockAnswer {
  status: number;
  headers: Record<string, string>;
  /** Text goes out as UTF-8. An iterable goes out chunk by chunk, without a content length. */
  body: Buffer | string | AsyncIterable<Uint8Array>;
}

/**
 * One ERP product, filled from a World: what makes it different from the others. The kit does the
 * rest (sockets, call list, faults, control door).
 */
export interface MockProduct {
  /** `pavois` */
  product: string;
  landlord: string;
  world: World;
  /** A name for what the request asks for, in the call list and to aim faults at. Never throws. */
  operationOf(request: MockRequest): string;
  /** The product's own behaviour. If it rejects, the caller gets a 500 with the error's text. */
  answer(request: MockRequest): Promise<MockAnswer>;
  /** The product's own kind of technical fault: a SOAP Fault, a 500 with JSON. */
  fault(request: MockRequest): MockAnswer;
  /** Its page when it is closed for the night. */
  closed(request: MockRequest): MockAnswer;
  /** What it has applied: survives a restart, as data do. */
  writes: Writes;
  /**
   * Applies at once what waits for the night's batch, where the product has one; says how many
   * changes it applied and how many it refused.
   */
  runNight?(): { applied: number; refused: number };
  /** The ERP's own key of a person. */
  keyOfPerson(person: WorldPerson): string;
  /** The ERP's own key of a contract. */
  keyOfContract(contract: WorldContract): string;
  /** What the person would type to register: the ERP's customer reference. */
  referencesOf(person: WorldPerson): { reference: string };
  /** Forgets who is signed in; data stay. */
  loseSessions(): void;
  /** As after a restart of the ERP: sessions and whatever it held in memory only are gone. */
  restart(): void;
}

/** A running mock ERP. */
export interface MockErp {
  product: string;
  landlord: string;
  /** `http://127.0.0.1:port`, no slash at the end. */
  url: string;
  /** Of the control door, same form. */
  doorUrl: string;
  world: World;
  /** Cuts what is open; resolves when both ports are free. */
  close(): Promise<void>;
}
