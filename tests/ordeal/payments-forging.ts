/** Somebody tells the gateways of payments that were never made. */
import type { Random } from "../../mocks/world/random.ts";
import {
  nameAtProvider,
  type Attempt,
  type ProviderId,
  type Redirect,
} from "./payments-attempt.ts";

export interface Forger {
  /** Where the gateways hear providers. */
  readonly url: string;
  /** How often what was forged and can be told from what is true was taken for true. */
  accepted: number;
  sent: number;
}

type Letter = { readonly path: string; readonly body: URLSearchParams };

/** By hand, with all that a person knows who was on the page: never the provider's key. */
export async function forge(forger: Forger, attempt: Attempt, random: Random): Promise<void> {
  const letter = letters[attempt.provider](attempt, random);
  if (!letter) return;
  attempt.forged += 1;
  forger.sent += 1;
  try {
    const answer = await fetch(forger.url + letter.path, { method: "POST", body: letter.body });
    await answer.text();
    // PayFiP signs nothing: there a message is a hint whoever sends it, and what counts is what is booked.
    if (answer.ok && attempt.provider === "lyra") forger.accepted += 1;
  } catch {
    // Nobody there.
  }
}

const letters: Readonly<Record<ProviderId, (attempt: Attempt, random: Random) => Letter | null>> = {
  payfip: (attempt) => ({
    path: `/notifications/payfip/${attempt.landlord}`,
    body: new URLSearchParams({
      idop: nameAtProvider(attempt)!,
      resultrans: "P",
      montant: String(attempt.cents),
    }),
  }),
  lyra: ({ landlord, redirect }, random) => ({
    path: `/notifications/lyra/${landlord}`,
    body: paidForm(redirect!, random),
  }),
};

/** The form that the browser was given, made to look like the provider's answer. */
function paidForm({ fields }: Redirect, random: Random): URLSearchParams {
  const form = new URLSearchParams(fields.map(({ name, value }) => [name, value]));
  const told = {
    vads_trans_status: "AUTHORISED",
    vads_operation_type: "DEBIT",
    vads_trans_uuid: "f".repeat(32),
    vads_effective_creation_date: form.get("vads_trans_date")!,
    vads_effective_amount: form.get("vads_amount")!,
    vads_hash: "0".repeat(64),
  };
  for (const [name, value] of Object.entries(told)) form.set(name, value);
  // With the signature of the form that it was made of, none, or an invented one.
  const signature = random.pick([form.get("signature")!, "", `${"A".repeat(43)}=`]);
  form.set("signature", signature);
  return form;
}
