/** Mandates: a new one is known by its RUM, any other change by what stands there. */
import { directDebitChanges, type DirectDebitChange } from "../../ports/billing-changes.ts";
import type { Changes, LookUp, Outcome } from "../../ports/changes.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { at, type Client } from "./client.ts";
import { contractRecords } from "./contract-lists.ts";
import { fitsLine, lengths } from "./fits.ts";
import { newestMandateFirst } from "./billing.ts";
import { absent, ofContract } from "./of-contract.ts";
import { Mandat } from "./wire.ts";
import { applied, believed, nothingApplied, refusedAs, rejected } from "./write.ts";

export const directDebitChangePorts = (client: Client): Served[] => [
  serve<Changes<DirectDebitChange>>(
    directDebitChanges,
    ofContract({
      repeat: "COMPARE",
      fits: (payload) => payload.action !== "SUBSCRIBE" || fitsLine(payload.holder, lengths.holder),
      submit: ({ contractKey, payload }, call) =>
        payload.action === "SUBSCRIBE"
          ? subscribe(client, contractKey, payload, call)
          : change(client, contractKey, payload, call),
      lookUp: async ({ contractKey, payload }, call) =>
        stands(await mandatesOf(client, contractKey, call), payload),
    }),
  ),
];

type Of<A extends DirectDebitChange["action"]> = Extract<DirectDebitChange, { action: A }>;

/** Newest first. */
const mandatesOf = async (client: Client, contractKey: string, call: Call): Promise<Mandat[]> => {
  const list = { path: "/v2/mandats", shape: Mandat };
  return (await contractRecords(client, list, contractKey, call)).toSorted(newestMandateFirst);
};

const isOpen = ({ etat }: Mandat) => etat !== "CLOS";
const dayText = (day: number) => String(day).padStart(2, "0");

function stands(mandates: readonly Mandat[], payload: DirectDebitChange): LookUp {
  const open = mandates.find(isOpen);
  if (payload.action === "SUBSCRIBE") {
    const signed = mandates.find(({ rum }) => rum === payload.mandateReference);
    return signed ? applied(signed.rum) : absent;
  }
  if (payload.action === "CHANGE_DAY") {
    return open && open.jour === dayText(payload.day) ? applied(open.rum) : absent;
  }
  const [newest] = mandates;
  return newest && !open ? applied(newest.rum) : absent;
}

async function subscribe(
  client: Client,
  contractKey: string,
  payload: Of<"SUBSCRIBE">,
  call: Call,
): Promise<Outcome> {
  const { mandateReference: rum, signedOn, iban, bic, holder, day } = payload;
  const account = { iban, bic: bic ?? "", titulaire: holder.trim() };
  const jour = day === null ? {} : { jour: dayText(day) };
  const json = { rum, date_signature: signedOn, ...account, ...jour };
  const path = at`/v2/contrats/${contractKey}/mandats`;
  const written = await client.write(
    { method: "POST", path, body: { json }, status: 201, shape: Mandat },
    call,
  );
  if ("done" in written) {
    const { done } = written;
    const isDay = day === null || done.jour === dayText(day);
    return believed(done, done.contrat === contractKey && done.rum === rum && isDay, rum);
  }
  if (written.refused !== "EXISTE_DEJA") return refusedAs(written.refused);
  const known = stands(await nothingApplied(mandatesOf(client, contractKey, call)), payload);
  return known.state === "APPLIED" ? known : rejected("ALREADY_EXISTS");
}

async function change(
  client: Client,
  contractKey: string,
  payload: Of<"CHANGE_DAY" | "STOP">,
  call: Call,
): Promise<Outcome> {
  const mandates = await nothingApplied(mandatesOf(client, contractKey, call));
  const already = stands(mandates, payload);
  if (already.state === "APPLIED") return already;
  const open = mandates.find(isOpen);
  if (!open) return rejected("UNKNOWN_THING");
  const json = payload.action === "STOP" ? { etat: "CLOS" } : { jour: dayText(payload.day) };
  const path = at`/v2/contrats/${contractKey}/mandats/${open.rum}`;
  const written = await client.write(
    { method: "PATCH", path, body: { json }, status: 200, shape: Mandat },
    call,
  );
  if ("refused" in written) return refusedAs(written.refused);
  const { done } = written;
  const isDone = payload.action === "STOP" ? !isOpen(done) : done.jour === dayText(payload.day);
  return believed(done, done.rum === open.rum && isDone, open.rum);
}
