import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../kernel/context.ts";
import { fail } from "../kernel/errors.ts";
import { signedIn } from "../kernel/ownership.ts";
import { PagingArgs, pagingOf } from "../kernel/paging-args.ts";
import { ownRequest, requestsOf, residenceRequestsOf } from "./service-requests.ts";
import {
  Contract,
  RequestState,
  ResidenceRequestConnection,
  ServiceRequest,
  ServiceRequestConnection,
} from "./types.ts";

@Resolver(() => Contract)
export class ContractResolver {
  @Query(() => ServiceRequest, {
    nullable: true,
    description:
      "One request of the viewer's. NOT_FOUND for what does not exist or is somebody else's.",
  })
  async serviceRequest(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    signedIn(context);
    const request = await ownRequest(context, id);
    if (!request) throw fail(context, "NOT_FOUND");
    return request;
  }

  @FieldResolver(() => ServiceRequestConnection, {
    nullable: true,
    description:
      "Requests of the contract, newest first (demandes, historique). Null only together with an error.",
  })
  serviceRequests(
    @Root() contract: Contract,
    @Arg("state", () => RequestState, { defaultValue: RequestState.OPEN, description: "Which." })
    state: RequestState,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return requestsOf(context, contract.key, state, pagingOf(paging));
  }

  @FieldResolver(() => ResidenceRequestConnection, {
    nullable: true,
    description:
      "What is open in the common parts of the building, newest first (les demandes de ma résidence). Null only together with an error.",
  })
  residenceRequests(
    @Root() contract: Contract,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return residenceRequestsOf(context, contract.key, pagingOf(paging));
  }
}
