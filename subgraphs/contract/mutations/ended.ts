import type { Contract } from "../../../adapters/ports/contract.ts";
import type { Fault, Messages } from "../../kernel/user-errors.ts";

export const endedMessages = {
  CONTRACT_ENDED: {
    fr: "Ce contrat est terminé : il ne peut plus être modifié.",
    en: "This contract has ended: it cannot be changed any more.",
  },
} as const satisfies Messages;

/** No landlord's system takes anything more for a contract that has ended. */
export const endedFaults = (
  { status }: Pick<Contract, "status">,
  field: readonly string[],
): Fault<"CONTRACT_ENDED">[] => (status === "ENDED" ? [{ code: "CONTRACT_ENDED", field }] : []);
