/** Bank details and mandates: what stands there tells whether a change was applied. */
import {
  bankAccountChanges,
  directDebitChanges,
  type BankAccountChange,
  type DirectDebitChange,
} from "../../ports/billing-changes.ts";
import type { Changes, Outcome, Submission } from "../../ports/changes.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { absent, applied, asHolder, fits, ofContract, rejected, tell } from "./asking.ts";
import { at, type Client } from "./client.ts";
import * as owned from "./owned.ts";
import { names, Prelevement, Rib } from "./wire.ts";

export const accountChangePorts = (client: Client): Served[] => [
  serve(bankAccountChanges, bankAccounts(client)),
  serve(directDebitChanges, directDebits(client)),
];

const longestHolder = 50;

const ribIn = ({ iban, bic, holder }: BankAccountChange) => ({
  Iban: iban,
  Bic: bic,
  Titulaire: holder,
});

const bankAccounts = (client: Client): Changes<BankAccountChange> => ({
  repeat: "COMPARE",
  submit: (change, call) => {
    if (!fits(change.payload.holder, longestHolder)) return Promise.resolve(rejected("INVALID"));
    return asHolder(client, change, call, (contract, signed) => {
      const path = at`/Api/Contrats/${contract}/Rib`;
      return tell(
        client,
        { path, body: { ...signed, ...ribIn(change.payload) }, shape: ofContract(Rib, contract) },
        call,
      );
    });
  },
  lookUp: async ({ contractKey, payload }, call) => {
    const found = await standing(client, contractKey, "Rib", Rib, call);
    const { iban, bic, holder } = payload;
    const isThere = found?.Iban === iban && found.Bic === bic && found.Titulaire === holder.trim();
    return isThere ? applied() : absent;
  },
});

const directDebits = (client: Client): Changes<DirectDebitChange> => ({
  repeat: "COMPARE",
  submit: async (change, call) => {
    const { payload } = change;
    if (payload.action === "SUBSCRIBE" && !fits(payload.holder, longestHolder)) {
      return rejected("INVALID");
    }
    const outcome = await asHolder(client, change, call, (contract, signed) => {
      const path = at`/Api/Contrats/${contract}/Prelevement`;
      return tell(
        client,
        { path, body: { ...signed, ...acte(payload) }, shape: ofContract(Prelevement, contract) },
        call,
      );
    });
    return isRepeated(outcome, payload) ? ours(client, change, call) : outcome;
  },
  lookUp: async (change, call) => ((await isDone(client, change, call)) ? applied() : absent),
});

/** Where there is a mandate already, it may be the one that was asked for. */
const isRepeated = (outcome: Outcome, { action }: DirectDebitChange): boolean =>
  action === "SUBSCRIBE" && outcome.state === "REJECTED" && outcome.reason === "ALREADY_EXISTS";

async function ours(client: Client, change: Submission<DirectDebitChange>, call: Call) {
  return (await isDone(client, change, call)) ? applied() : rejected("ALREADY_EXISTS");
}

async function isDone(
  client: Client,
  { contractKey, payload }: Submission<DirectDebitChange>,
  call: Call,
): Promise<boolean> {
  const found = await standing(client, contractKey, "Prelevement", Prelevement, call);
  const mandate = found?.Mandat ?? null;
  if (payload.action === "SUBSCRIBE") return mandate?.Rum === payload.mandateReference;
  if (payload.action === "STOP") return mandate?.Etat === "CLOS";
  return mandate !== null && mandate.Etat !== "CLOS" && mandate.Jour === payload.day;
}

function acte(change: DirectDebitChange) {
  if (change.action === "STOP") return { Acte: "RESILIATION" };
  if (change.action === "CHANGE_DAY") return { Acte: "JOUR", Jour: change.day };
  const { mandateReference, signedOn, day } = change;
  return {
    Acte: "ADHESION",
    Rum: mandateReference,
    SigneLe: signedOn,
    ...ribIn(change),
    Jour: day,
  };
}

/** What stands there now; null for a contract that syndeo does not know. */
async function standing<R extends { Contrat: string }>(
  client: Client,
  contract: string | null,
  what: "Rib" | "Prelevement",
  shape: owned.Shape<R>,
  call: Call,
): Promise<R | null> {
  if (contract === null || !names.contract.test(contract)) return null;
  const asked = { path: at`/Api/Contrats/${contract}/${what}`, shape };
  return (await owned.oneOf(client, owned.contract(contract), asked, call))?.data ?? null;
}
