import { contracts, type Contract as ContractRecord } from "../../adapters/ports/contract.ts";
import { carryMark } from "../../adapters/ports/freshness.ts";
import type { RequestContext } from "../kernel/context.ts";
import { rememberOwn } from "../kernel/held-contracts.ts";
import { pageOfList, planOrFail } from "../kernel/paging.ts";
import type { Paging } from "../kernel/pagination.ts";
import { ownContracts } from "../kernel/ownership.ts";
import type { Contract } from "./types.ts";

export function showContract(context: RequestContext, record: ContractRecord): Contract {
  const { key, ...shown } = record;
  return { ...shown, id: context.ids.seal("Contract", key), record };
}

/** ERPs give a person's contracts whole: the page is cut here. */
export async function contractsOfViewer(
  context: RequestContext,
  paging: Paging,
  status: string | null,
) {
  const plan = planOrFail(context, paging, contracts.name);
  const own = await ownContracts(context);
  await rememberOwn(context);
  const ofStatus = own.filter((contract) => status === null || contract.status === status);
  const wanted = carryMark(ofStatus, [own]);
  return plan.connect(pageOfList(wanted, plan.request), (record) => showContract(context, record));
}
