import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { changePayload } from "../../kernel/change-payload.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { Contract } from "../types.ts";
import { catalogueOf } from "./catalogue.ts";
import { createServiceRequest } from "./create.ts";
import { creationMessages } from "./messages.ts";
import * as types from "./types.ts";

@Resolver(() => Contract)
export class CreationResolver {
  @FieldResolver(() => types.RequestCatalogue, {
    nullable: true,
    description:
      "What a new request of this contract may be about (lieux et motifs). Null only together with an error.",
  })
  requestCatalogue(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return catalogueOf(context, contract.key);
  }

  @Mutation(() => types.CreateServiceRequestPayload, {
    description:
      "Sends the landlord a request (créer une demande, une réclamation), its photos with it. NOT_FOUND for a contract that is not the viewer's.",
  })
  async createServiceRequest(
    @Arg("input", () => types.CreateServiceRequestInput) input: types.CreateServiceRequestInput,
    @Ctx() context: RequestContext,
  ): Promise<types.CreateServiceRequestPayload> {
    return changePayload(context, creationMessages, await createServiceRequest(context, input));
  }
}
