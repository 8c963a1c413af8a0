/** Bank accounts of tenants, and changes of them. */
import { z } from "zod";
import { bankAccountChanges, type BankAccountChange } from "../../ports/billing-changes.ts";
import type { Changes } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { at, before, type Client } from "./client.ts";
import * as owned from "./owned.ts";
import { absent, applied, asHolder, fits, rejected, tidy, type Erp } from "./owned.ts";
import { Id } from "./values.ts";
import { BankAccount, type Contract } from "./wire.ts";

/** The one that is used unless another is named; null where there is none. */
export async function usualAccount(
  { client }: { readonly client: Pick<Client, "list"> },
  { socid }: Contract,
  call: Call,
): Promise<BankAccount | null> {
  const path = at`/thirdparties/${socid}/bankaccounts`;
  const found = await client.list({ path, shape: BankAccount, whole: true }, call);
  if (!found.every((account) => account.socid === socid)) {
    throw new PortError("BAD_RESPONSE", "dolibarr: a bank account of another third party");
  }
  return found.find(({ default_rib }) => default_rib === "1") ?? found[0] ?? null;
}

/** What the list of accounts does not tell, the holder, is kept in the label, which it does. */
export const holderLabel = "Compte de ";

const ribIn = ({ iban, bic, holder }: BankAccountChange) => ({
  label: holderLabel + tidy(holder),
  iban,
  bic: bic ?? "",
  proprio: tidy(holder),
});

const Written = z.object({ id: Id, iban: z.string() });

const changes = (erp: Erp): Changes<BankAccountChange> => ({
  repeat: "COMPARE",
  submit: async (change, call) => {
    const { payload } = change;
    // Dolibarr takes any text for an IBAN: nobody else looks.
    if (!isIban(payload.iban) || !fits(payload.holder, 60)) return rejected("INVALID");
    return asHolder(erp, change, call, async (held) => {
      const there = await usualAccount({ client: before(erp.client) }, held, call);
      const path = at`/thirdparties/${held.socid}/bankaccounts`;
      const told = await erp.client.write(
        there
          ? { method: "PUT", path: path + at`/${there.id}`, body: ribIn(payload), shape: Written }
          : { method: "POST", path, body: { ...ribIn(payload), ...first }, shape: Written },
        call,
      );
      if ("refusal" in told) {
        return rejected(told.refusal === "MISSING" ? "UNKNOWN_THING" : "INVALID");
      }
      return applied(told.data.id);
    });
  },
  lookUp: async ({ contractKey, payload }, call) => {
    const held = contractKey === null ? null : await owned.contract(erp, contractKey, call);
    const there = held && (await usualAccount(erp, held, call));
    const { label, iban, bic } = ribIn(payload);
    const isThere = there?.iban === iban && (there.bic ?? "") === bic && there.label === label;
    return isThere ? applied(there.id) : absent;
  },
});

const first = { default_rib: 1, type: "ban" };

/** By the remainder of ISO 13616. */
export function isIban(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return /^\d+$/.test(digits) && BigInt(digits) % 97n === 1n;
}

export const bankPorts = (erp: Erp): Served[] => [serve(bankAccountChanges, changes(erp))];
