import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../kernel/context.ts";
import { helpArticles, helpRubrics } from "./help.ts";
import { showLandlord } from "./show.ts";
import { HelpArgs, HelpArticle, Landlord } from "./types.ts";

@Resolver(() => Landlord)
export class LandlordResolver {
  @Query(() => Landlord, { description: "The landlord that this request is about. Public." })
  landlord(@Ctx() context: RequestContext): Landlord {
    return showLandlord(context);
  }

  @FieldResolver(() => [HelpArticle], {
    description:
      "Questions and answers (aide), the best match first; in the landlord's order where nothing is searched for. Empty when the landlord publishes none.",
  })
  help(
    @Root() _landlord: Landlord,
    @Args(() => HelpArgs) args: HelpArgs,
    @Ctx() context: RequestContext,
  ): HelpArticle[] {
    return helpArticles(context, args);
  }

  @FieldResolver(() => [String], {
    description: "What the help articles are filed under (rubriques), in the landlord's order.",
  })
  helpRubrics(@Root() _landlord: Landlord, @Ctx() context: RequestContext): string[] {
    return helpRubrics(context);
  }
}
