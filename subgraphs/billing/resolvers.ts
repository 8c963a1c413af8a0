import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../kernel/context.ts";
import { PagingArgs, pagingOf } from "../kernel/paging-args.ts";
import { balanceOf, entriesOf, paymentsOf } from "./billing.ts";
import { AccountEntryConnection, Balance, Contract, PaymentConnection } from "./types.ts";

@Resolver(() => Contract)
export class ContractResolver {
  @FieldResolver(() => Balance, {
    nullable: true,
    description: "What is owed (solde). Null with an error when the landlord's system cannot tell.",
  })
  balance(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return balanceOf(context, contract.key);
  }

  @FieldResolver(() => AccountEntryConnection, {
    nullable: true,
    description:
      "Account entries, newest first (situation du compte). Null only together with an error.",
  })
  entries(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return entriesOf(context, contract.key, pagingOf(paging));
  }

  @FieldResolver(() => PaymentConnection, {
    nullable: true,
    description:
      "Payments, newest first (historique des paiements). Null only together with an error.",
  })
  payments(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return paymentsOf(context, contract.key, pagingOf(paging));
  }
}
