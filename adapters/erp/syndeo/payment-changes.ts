/** Payments by card. syndeo books one for each reference, and tells what was booked under it. */
import { cardPayments, type CardPayment } from "../../ports/billing-changes.ts";
import type { Changes, Outcome } from "../../ports/changes.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { absent, applied, asHolder, ofContract, refusedBy, rejected } from "./asking.ts";
import { at, type Client } from "./client.ts";
import * as owned from "./owned.ts";
import { dayAt, writtenMontant } from "./values.ts";
import { names, Reglement } from "./wire.ts";

export const paymentChangePorts = (client: Client, timeZone: string): Served[] => [
  serve(cardPayments, payments(client, timeZone)),
];

const payments = (client: Client, timeZone: string): Changes<CardPayment> => ({
  repeat: "KEY",
  submit: async (change, call) => {
    const { amount, paidAt, provider, providerReference } = change.payload;
    const Montant = writtenMontant(amount.amount);
    if (Montant === null) return rejected("INVALID");
    return asHolder(client, change, call, async (contract, signed): Promise<Outcome> => {
      const path = at`/Api/Contrats/${contract}/Reglements`;
      const Piece = `${provider}-${providerReference}`;
      const body = { ...signed, Date: dayAt(paidAt, timeZone), Montant, Mode: "CARTE", Piece };
      const shape = ofContract(Reglement, contract);
      const told = await client.write({ path, body, shape }, call);
      if ("data" in told) return applied(told.data.Id);
      const booked = told.refusal === "DOUBLON" && (await keyOf(client, contract, signed, call));
      return booked ? applied(booked) : refusedBy(told.refusal);
    });
  },
  lookUp: async ({ contractKey, operationId }, call) => {
    if (contractKey === null || !names.contract.test(contractKey)) return absent;
    const booked = await keyOf(client, contractKey, { Reference: operationId }, call);
    return booked === null ? absent : applied(booked);
  },
});

/** Under which key the payment stands; null where there is none. */
async function keyOf(
  client: Client,
  contract: string,
  { Reference }: { Reference: string },
  call: Call,
): Promise<string | null> {
  const asked = { path: at`/Api/Contrats/${contract}/Reglements`, shape: Reglement };
  const { data } = await owned.listOf(client, owned.contract(contract), asked, call);
  return data.find((one) => one.Reference === Reference)?.Id ?? null;
}
