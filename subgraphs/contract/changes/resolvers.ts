import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Change } from "../../kernel/change-types.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { PagingArgs, pagingOf } from "../../kernel/paging-args.ts";
import { Viewer } from "../types.ts";
import { changesOfViewer, ownChange } from "./changes.ts";
import { ChangeConnection } from "./types.ts";

@Resolver(() => Viewer)
export class ChangesResolver {
  @Query(() => Change, {
    nullable: true,
    description:
      "One change that the viewer asked for. NOT_FOUND for what does not exist or is somebody else's.",
  })
  change(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext): Promise<Change> {
    return ownChange(context, id);
  }

  @FieldResolver(() => ChangeConnection, {
    description:
      "What the viewer asked the landlord to change, newest first (mes demandes de modification).",
  })
  changes(
    @Root() _viewer: Viewer,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return changesOfViewer(context, pagingOf(paging));
  }
}
