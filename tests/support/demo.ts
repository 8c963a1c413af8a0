import { startDemo, type Demo, type DemoOptions } from "../../mocks/demo/start.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import type { AppliedWrite } from "../../mocks/kit/writes.ts";
import type { PersonLine } from "../../mocks/kit/state.ts";
import { oddities, ownerOddities } from "../../mocks/world/oddities.ts";
import type {
  WorldBuilding,
  WorldContract,
  WorldNews,
  WorldPerson,
  WorldRequest,
} from "../../mocks/world/types.ts";
import { client, signIn, type Client } from "./client.ts";

export const everyOddity = { ...oddities, ...ownerOddities };
export type OddityName = keyof typeof everyOddity;

/** The demo as `npm run demo` starts it, on free ports. */
export const startTestDemo = (options: DemoOptions = {}): Promise<Demo> =>
  startDemo({
    freePorts: true,
    ...options,
    environment: { TROUSSEAU_LOG_LEVEL: "silent", ...options.environment },
  });

export const erpOf = (demo: Demo, landlord: string): MockErp =>
  demo.mocks.erps.find((erp) => erp.landlord === landlord)!;

export const frontOf = (demo: Demo, landlord: string): Client =>
  client({ url: demo.url, landlord });

/** A front-end in which the odd person of that landlord is signed in. */
export async function signedInAs(
  demo: Demo,
  landlord: string,
  oddity: OddityName,
): Promise<Client> {
  const account = demo.accounts.find(
    (one) => one.landlord === landlord && one.oddity === everyOddity[oddity],
  )!;
  return signIn(frontOf(demo, landlord), account.email, account.password);
}

export type HeldPerson = WorldPerson & { key: string; reference: string; contracts: string[] };
export type HeldContract = WorldContract & { key: string };

/** What the ERP itself holds, asked through its control door. */
export function door(demo: Demo, landlord: string) {
  const { doorUrl } = erpOf(demo, landlord);
  const json = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const answer = await fetch(`${doorUrl}${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  };
  const person = async (oddity: OddityName) => {
    const people = await json<PersonLine[]>("/state/people?oddity");
    return people.find((one) => one.oddity === everyOddity[oddity])!;
  };
  const personWith = async (description: string): Promise<HeldPerson> => {
    const people = await json<PersonLine[]>("/state/people?oddity");
    const line = people.find((one) => one.oddity === description)!;
    return json<HeldPerson>(`/state/people/${encodeURIComponent(line.key)}`);
  };
  return {
    person,
    personWith,
    building: (number: number) => json<WorldBuilding>(`/state/buildings/${number}`),
    news: () => json<WorldNews[]>("/state/news"),
    people: (limit: number) => json<PersonLine[]>(`/state/people?limit=${limit}`),
    contract: (key: string) => json<HeldContract>(`/state/contracts/${encodeURIComponent(key)}`),
    contractsOf: async (oddity: OddityName): Promise<HeldContract[]> => {
      const { contracts } = await person(oddity);
      return Promise.all(
        contracts.map((key) => json<HeldContract>(`/state/contracts/${encodeURIComponent(key)}`)),
      );
    },
    writes: () => json<AppliedWrite[]>("/writes"),
    progress: (
      contract: string,
      step: { number: number; status: string; comment: string | null },
    ) =>
      json<WorldRequest>(`/state/requests/${encodeURIComponent(contract)}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(step),
      }),
    /** Runs the batch of the night. */
    night: () => json<{ applied: number; refused: number }>("/night", { method: "POST" }),
    fault: (fault: object) =>
      json<unknown>("/faults", {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fault),
      }),
    calm: () => json<unknown>("/faults", { method: "DELETE" }),
    calls: () =>
      json<{
        total: number;
        atOnce: number;
        mostAtOnce: number;
        calls: { operation: string; ended: string; ms: number }[];
      }>("/calls"),
    forgetCalls: () => json<unknown>("/calls", { method: "DELETE" }),
  };
}

/** Cents as the schema shows them: `-12.50`. */
export function money(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
