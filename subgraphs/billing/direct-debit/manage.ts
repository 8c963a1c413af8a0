import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { contractToChange } from "../../kernel/held-contracts.ts";
import { tellViewer } from "../../kernel/tell.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { dayFaults } from "./days.ts";
import { directDebitInForce } from "./in-force.ts";
import { directDebitDayChanged, directDebitStopped } from "./mails.ts";
import type { changeDayMessages, stopMessages } from "./messages.ts";

type ChangeDayFault = Fault<keyof typeof changeDayMessages>;
type StopFault = Fault<keyof typeof stopMessages>;

interface TypedStop {
  readonly contractId: string;
  readonly idempotencyKey: string;
}
interface TypedDay extends TypedStop {
  readonly day: number;
}

const noDirectDebit = { code: "NO_DIRECT_DEBIT", field: ["contractId"] } as const;

export async function changeDirectDebitDay(
  context: RequestContext,
  input: TypedDay,
): Promise<Submitted<ChangeDayFault>> {
  const { contractId, idempotencyKey, day } = input;
  const contract = await contractToChange(context, contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  return submitChange<"DIRECT_DEBIT", ChangeDayFault>(context, {
    kind: "DIRECT_DEBIT",
    contractKey: contract.key,
    idempotencyKey,
    input,
    prepare: async () => {
      const there = await directDebitInForce(context, contract.key);
      const faults: ChangeDayFault[] = dayFaults(context.landlord, day);
      if (there === null) faults.push(noDirectDebit);
      else if (there !== "unknown" && there.day === day) {
        faults.push({ code: "DAY_UNCHANGED", field: ["day"] });
      }
      if (faults.length > 0) return { faults };
      const facts = { contract: contract.number, day };
      return {
        payload: { action: "CHANGE_DAY", day },
        keep: (store) => tellViewer(context, store, directDebitDayChanged, facts),
      };
    },
  });
}

export async function stopDirectDebit(
  context: RequestContext,
  input: TypedStop,
): Promise<Submitted<StopFault>> {
  const contract = await contractToChange(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  return submitChange<"DIRECT_DEBIT", StopFault>(context, {
    kind: "DIRECT_DEBIT",
    contractKey: contract.key,
    idempotencyKey: input.idempotencyKey,
    input,
    prepare: async () => {
      if ((await directDebitInForce(context, contract.key)) === null) {
        return { faults: [noDirectDebit] };
      }
      const facts = { contract: contract.number };
      return {
        payload: { action: "STOP" },
        keep: (store) => tellViewer(context, store, directDebitStopped, facts),
      };
    },
  });
}
