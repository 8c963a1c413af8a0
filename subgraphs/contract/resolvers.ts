import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import {
  billingAddresses,
  buildingContacts,
  insurancePolicies,
} from "../../adapters/ports/contract.ts";
import type { RequestContext } from "../kernel/context.ts";
import { fail } from "../kernel/errors.ts";
import { load } from "../kernel/loaders.ts";
import { PagingArgs, pagingOf } from "../kernel/paging-args.ts";
import { ownContract, signedIn } from "../kernel/ownership.ts";
import { Building, BuildingContact } from "./building/types.ts";
import { contractsOfViewer, showContract } from "./contracts.ts";
import { buildingOf, candidaciesOf, newsOf, occupantsOf, propertiesOf } from "./household.ts";
import {
  BillingAddress,
  Candidacy,
  Contract,
  ContractConnection,
  ContractStatus,
  InsurancePolicy,
  NewsItem,
  Occupant,
  Property,
  Viewer,
} from "./types.ts";

@Resolver(() => Contract)
export class ContractResolver {
  @Query(() => Contract, {
    nullable: true,
    description:
      "One contract of the viewer's. NOT_FOUND for what does not exist or is somebody else's.",
  })
  async contract(
    @Arg("id", () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Contract> {
    signedIn(context);
    const contract = await ownContract(context, id);
    if (!contract) throw fail(context, "NOT_FOUND");
    return showContract(context, contract);
  }

  @FieldResolver(() => InsurancePolicy, {
    nullable: true,
    description: "The newest home insurance on file. Null when there is none.",
  })
  insurance(
    @Root() contract: Contract,
    @Ctx() context: RequestContext,
  ): Promise<InsurancePolicy | null> {
    return load(context, insurancePolicies, "ofContracts", contract.record.key);
  }

  @FieldResolver(() => BillingAddress, {
    nullable: true,
    description: "To whom and where rent notices go. Null when the landlord's system keeps none.",
  })
  billingAddress(
    @Root() contract: Contract,
    @Ctx() context: RequestContext,
  ): Promise<BillingAddress | null> {
    return load(context, billingAddresses, "ofContracts", contract.record.key);
  }

  @FieldResolver(() => [BuildingContact], {
    nullable: true,
    description: "Who looks after the building. Null only together with an error.",
  })
  buildingContacts(
    @Root() contract: Contract,
    @Ctx() context: RequestContext,
  ): Promise<BuildingContact[]> {
    return load(context, buildingContacts, "ofContracts", contract.record.key);
  }

  @FieldResolver(() => [Occupant], {
    nullable: true,
    description:
      "Who lives in the dwelling beside the signatories (occupants). Null only together with an error.",
  })
  occupants(@Root() contract: Contract, @Ctx() context: RequestContext): Promise<Occupant[]> {
    return occupantsOf(context, contract.record.key);
  }

  @FieldResolver(() => Building, {
    nullable: true,
    description: "The building of the dwelling (immeuble). Null when the landlord knows none.",
  })
  building(@Root() contract: Contract, @Ctx() context: RequestContext): Promise<Building | null> {
    return buildingOf(context, contract.record.key);
  }
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @FieldResolver(() => ContractConnection, {
    nullable: true,
    description:
      "The viewer's contracts, those in force first, ended ones too. Null only together with an error: the landlord's system could not be asked.",
  })
  contracts(
    @Root() _viewer: Viewer,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("status", () => ContractStatus, { nullable: true, description: "Only those." })
    status: ContractStatus | null,
    @Ctx() context: RequestContext,
  ) {
    return contractsOfViewer(context, pagingOf(paging), status ?? null);
  }

  @FieldResolver(() => [Property], {
    nullable: true,
    description: "What the viewer owns or co-owns (biens). Null only together with an error.",
  })
  properties(@Root() _viewer: Viewer, @Ctx() context: RequestContext): Promise<Property[]> {
    return propertiesOf(context);
  }

  @FieldResolver(() => [Candidacy], {
    nullable: true,
    description:
      "The viewer's files as a candidate, newest first (mes recherches). Null only together with an error.",
  })
  candidacies(@Root() _viewer: Viewer, @Ctx() context: RequestContext): Promise<Candidacy[]> {
    return candidaciesOf(context);
  }

  @FieldResolver(() => [NewsItem], {
    nullable: true,
    description:
      "News for the viewer's profile, newest first (actualités). Null only together with an error.",
  })
  news(@Root() _viewer: Viewer, @Ctx() context: RequestContext): Promise<NewsItem[]> {
    return newsOf(context);
  }
}
