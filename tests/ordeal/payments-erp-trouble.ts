/** What goes wrong when payments are booked, again and again, until it is over. */
import type { Fault, FaultKind } from "../../mocks/kit/faults.ts";
import type { Random } from "../../mocks/world/random.ts";
import type { ErpDoor } from "./payments-ground.ts";
import type { Troubles } from "./payments-trouble.ts";
import { calm, pause, setFaults } from "./trouble.ts";

/** By ERP: what books. The rest answers, so that people get as far as to pay. */
const booking: Readonly<Record<string, string>> = {
  pavois: "EnregistrerReglementCarte",
  habilog: "EnregistrerReglement",
  beauceron: "enregistrerReglement",
  intitulo: "enregistrerReglement",
  syndeo: "encaisser",
};

/** Those after which nobody knows come most often. */
const kinds: readonly [FaultKind, ...FaultKind[]] = [
  "cut-after",
  "cut-after",
  "cut-after",
  "slow",
  "slow",
  "cut-middle",
  "cut-before",
  "hang",
  "html",
  "empty",
  "garbage",
  "fault",
];

export async function troubleBooking(
  { product, doorUrl }: ErpDoor,
  random: Random,
  { over, count, tooLateMs }: Troubles & { readonly tooLateMs: number },
): Promise<void> {
  while (!over.aborted) {
    if (random.chance(4)) {
      count("closed");
      await setFaults(doorUrl, [{ kind: "closed" }]);
      await pause(1_000, over);
    }
    const kind = random.pick(kinds);
    count(kind);
    const fault: Fault = { kind, operation: booking[product]!, times: random.int(1, 2) };
    await setFaults(doorUrl, [kind === "slow" ? { ...fault, ms: tooLateMs } : fault]);
    await pause(random.int(200, 1_200), over);
  }
  await calm(doorUrl);
}
