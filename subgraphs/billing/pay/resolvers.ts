import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Change } from "../../kernel/change-types.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { DownloadLink } from "../../kernel/file-link-types.ts";
import { ownContractByKey } from "../../kernel/ownership.ts";
import { PagingArgs, pagingOf } from "../../kernel/paging-args.ts";
import { userErrors } from "../../kernel/user-errors.ts";
import { Contract, Viewer } from "../types.ts";
import { startPaymentMessages } from "./messages.ts";
import { paymentOptions } from "./options.ts";
import * as payments from "./payments.ts";
import { startPayment } from "./start.ts";
import {
  CardPayment,
  CardPaymentConnection,
  PaymentOptions,
  StartPaymentInput,
  StartPaymentPayload,
} from "./types.ts";

@Resolver(() => CardPayment)
export class CardPaymentResolver {
  @Mutation(() => StartPaymentPayload, {
    description:
      "Begins a payment on the provider's page (payer par carte), and says where the browser is to go. The same again for the same key while the page is open; once it is over, a new key begins anew. NOT_FOUND for a contract that is not the viewer's.",
  })
  async startPayment(
    @Arg("input", () => StartPaymentInput) input: StartPaymentInput,
    @Ctx() context: RequestContext,
  ): Promise<StartPaymentPayload> {
    const started = await startPayment(context, input);
    if ("payment" in started) {
      return { payment: payments.showPayment(context, started.payment), userErrors: [] };
    }
    return {
      payment: null,
      userErrors: userErrors(context, startPaymentMessages, started.faults),
    };
  }

  @Query(() => CardPayment, {
    nullable: true,
    description:
      "One payment that the viewer began. NOT_FOUND for what does not exist or is somebody else's.",
  })
  async cardPayment(
    @Arg("id", () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CardPayment> {
    return payments.showPayment(context, await payments.ownPayment(context, id));
  }

  @FieldResolver(() => Contract, {
    nullable: true,
    description: "What it is for. Null when the contract is not the viewer's any more.",
  })
  contract(@Root() { kept }: CardPayment, @Ctx() context: RequestContext) {
    return payments.contractOf(context, kept);
  }

  @FieldResolver(() => Change, {
    nullable: true,
    description: "How the landlord's system books it. Null unless it is PAID.",
  })
  change(@Root() { kept }: CardPayment, @Ctx() context: RequestContext) {
    return payments.bookingChange(context, kept);
  }

  @FieldResolver(() => DownloadLink, {
    nullable: true,
    description: "The receipt as a PDF (ticket de CB). Null unless it is PAID.",
  })
  receipt(@Root() { kept }: CardPayment, @Ctx() context: RequestContext) {
    return payments.receiptLink(context, kept);
  }
}

@Resolver(() => Contract)
export class ContractPaymentResolver {
  @FieldResolver(() => PaymentOptions, {
    nullable: true,
    description:
      "How it can be paid online (payer mon loyer). Null only together with an error: NOT_SUPPORTED without the capability ONLINE_PAYMENT.",
  })
  async paymentOptions(@Root() { key }: Contract, @Ctx() context: RequestContext) {
    const contract = await ownContractByKey(context, key);
    if (!contract) throw fail(context, "NOT_FOUND");
    return paymentOptions(context, contract);
  }
}

@Resolver(() => Viewer)
export class ViewerPaymentResolver {
  @FieldResolver(() => CardPaymentConnection, {
    nullable: true,
    description:
      "The payments that the viewer began, newest first (mes paiements en ligne). Null only together with an error: NOT_SUPPORTED without the capability ONLINE_PAYMENT.",
  })
  cardPayments(
    @Root() _viewer: Viewer,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return payments.paymentsOfViewer(context, pagingOf(paging));
  }
}
