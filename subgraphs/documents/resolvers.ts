import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../kernel/context.ts";
import { fail } from "../kernel/errors.ts";
import { signedIn } from "../kernel/ownership.ts";
import { PagingArgs, pagingOf } from "../kernel/paging-args.ts";
import { documentsOf, ownDocument } from "./documents.ts";
import { DownloadLink } from "../kernel/file-link-types.ts";
import { downloadLink } from "./download.ts";
import {
  AssemblyMinutesConnection,
  ChargeRegularisationConnection,
  Contract,
  Document,
  FundsCallConnection,
  RentNoticeConnection,
  RentReceiptConnection,
} from "./types.ts";

@Resolver(() => Document)
export class DocumentResolver {
  @Query(() => Document, {
    nullable: true,
    description:
      "One document of the viewer's. NOT_FOUND for what does not exist or is somebody else's.",
  })
  async document(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    signedIn(context);
    const document = await ownDocument(context, id);
    if (!document) throw fail(context, "NOT_FOUND");
    return document;
  }

  @FieldResolver(() => DownloadLink, {
    nullable: true,
    description:
      "A short-lived link to the file (télécharger). Null with an error when the landlord does not give files.",
  })
  download(@Root() document: Document, @Ctx() context: RequestContext) {
    return downloadLink(context, document.id);
  }
}

@Resolver(() => Contract)
export class ContractResolver {
  @FieldResolver(() => RentNoticeConnection, {
    nullable: true,
    description: "Rent notices, newest first (avis d'échéance). Null only together with an error.",
  })
  rentNotices(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return documentsOf(context, "RENT_NOTICE", contract.key, pagingOf(paging));
  }

  @FieldResolver(() => RentReceiptConnection, {
    nullable: true,
    description: "Receipts, newest first (quittances, reçus). Null only together with an error.",
  })
  rentReceipts(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return documentsOf(context, "RENT_RECEIPT", contract.key, pagingOf(paging));
  }

  @FieldResolver(() => ChargeRegularisationConnection, {
    nullable: true,
    description:
      "Yearly settlements of charges, newest first (régularisations). Null only together with an error.",
  })
  chargeRegularisations(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return documentsOf(context, "CHARGE_REGULARISATION", contract.key, pagingOf(paging));
  }

  @FieldResolver(() => FundsCallConnection, {
    nullable: true,
    description:
      "Calls for funds, newest first (appels de fonds). Null only together with an error.",
  })
  fundsCalls(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return documentsOf(context, "FUNDS_CALL", contract.key, pagingOf(paging));
  }

  @FieldResolver(() => AssemblyMinutesConnection, {
    nullable: true,
    description:
      "Minutes of general meetings that the viewer may see, newest first (PV d'assemblée générale). Null only together with an error.",
  })
  assemblyMinutes(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return documentsOf(context, "ASSEMBLY_MINUTES", contract.key, pagingOf(paging));
  }
}
