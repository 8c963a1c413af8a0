import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../kernel/context.ts";
import { PagingArgs, pagingOf } from "../kernel/paging-args.ts";
import { balanceOf, entriesOf, paymentsOf } from "./billing.ts";
import { bankDetailsOf, directDebitOf, ledgersOf, paymentPlanOf } from "./means.ts";
import {
  AccountEntryConnection,
  Balance,
  BankDetails,
  Contract,
  DirectDebit,
  Ledger,
  PaymentConnection,
  PaymentPlan,
  Viewer,
} from "./types.ts";

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

  @FieldResolver(() => BankDetails, {
    nullable: true,
    description: "Bank details on file, masked (RIB). Null when there are none.",
  })
  bankDetails(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return bankDetailsOf(context, contract.key);
  }

  @FieldResolver(() => DirectDebit, {
    nullable: true,
    description: "The newest direct debit (prélèvement). Null when there never was one.",
  })
  directDebit(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return directDebitOf(context, contract.key);
  }

  @FieldResolver(() => PaymentPlan, {
    nullable: true,
    description: "The payment plan in force (échéancier). Null when there is none.",
  })
  paymentPlan(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return paymentPlanOf(context, contract.key);
  }
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @FieldResolver(() => [Ledger], {
    nullable: true,
    description:
      "The viewer's accounts by role, tenant first (comptes). Null only together with an error.",
  })
  ledgers(@Root() _viewer: Viewer, @Ctx() context: RequestContext) {
    return ledgersOf(context);
  }
}
