import {
  accountEntries,
  balances,
  bankAccounts,
  directDebits,
  payments,
  type Balance,
  type BankDetails,
  type DirectDebit,
} from "../../ports/billing.ts";
import { serve, type BatchRead, type Call, type Served } from "../../ports/port.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import { pageOfWhole } from "../../transport/whole-list.ts";
import { accountOf, balanceOf, entriesOf, paymentsOf } from "./account.ts";
import { holderLabel, usualAccount } from "./bank.ts";
import { ofContracts } from "./contract.ts";
import { chargesOf, type Erp } from "./owned.ts";
import type * as wire from "./wire.ts";

export function billingPorts(erp: Erp): Served[] {
  const { timeZone } = erp.settings;
  return [
    serve(balances, {
      ofContracts: ofContracts<Balance | null>(erp, null, async (held, call) =>
        balanceOf(await chargesOf(erp, held, call), erp.now(), timeZone),
      ),
    }),
    serve(accountEntries, {
      ofContracts: pagesOf(erp, async (held, call) =>
        entriesOf(await accountOf(erp, held, call), timeZone),
      ),
    }),
    serve(payments, {
      ofContracts: pagesOf(erp, async (held, call) => paymentsOf(await accountOf(erp, held, call))),
    }),
    serve(bankAccounts, {
      ofContracts: ofContracts<BankDetails | null>(erp, null, async (held, call) => {
        const account = await usualAccount(erp, held, call);
        return account && bankDetails(account);
      }),
    }),
    serve(directDebits, {
      ofContracts: ofContracts<DirectDebit | null>(erp, null, async (held, call) => {
        const account = await usualAccount(erp, held, call);
        return account && directDebit(account);
      }),
    }),
  ];
}

/** Pages of a contract's list, made whole once for all pages that are asked for together. */
export const pagesOf =
  <T extends { readonly key: string }, K extends PageRequest & { readonly contractKey: string }>(
    erp: Erp,
    load: (held: wire.Contract, call: Call) => Promise<readonly T[]>,
    isAskedFor: (item: T, key: K) => boolean = () => true,
  ): BatchRead<K, Page<T>> =>
  async (keys, call) => {
    const lists = await ofContracts<readonly T[]>(
      erp,
      [],
      load,
    )(
      keys.map(({ contractKey }) => contractKey),
      call,
    );
    return keys.map((key, index) =>
      pageOfWhole(
        lists[index]!.filter((item) => isAskedFor(item, key)),
        key,
      ),
    );
  };

/** Dolibarr takes any text for an IBAN: what cannot be one is none. */
function bankDetails({ iban, bic, label }: wire.BankAccount): BankDetails | null {
  const whole = plain(iban);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(whole)) return null;
  const code = plain(bic);
  const isBic = /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(code);
  return { iban: whole, bic: isBic ? code : null, holder: holderIn(label) };
}

const plain = (written: string | null | undefined) =>
  (written ?? "").replace(/\s/g, "").toUpperCase();

const holderIn = (label: string | null) =>
  label?.startsWith(holderLabel) ? label.slice(holderLabel.length).trim() || null : null;

/** Dolibarr gives each account a mandate reference; only one that was used has a sequence type. */
function directDebit({ rum, frstrecur }: wire.BankAccount): DirectDebit | null {
  if (rum === null || frstrecur === null) return null;
  return { mandateReference: rum.slice(0, 35), day: null, signedOn: null, status: "ACTIVE" };
}
