import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../kernel/context.ts";
import { showLandlord } from "./landlord.ts";
import { helpArticles, helpRubrics } from "./help.ts";
import { ownPerson, ownRoles, ownSituation } from "./person.ts";
import {
  HelpArgs,
  HelpArticle,
  Landlord,
  Person,
  ProfessionalSituation,
  Role,
  Viewer,
} from "./types.ts";
import { showViewer } from "./viewer.ts";

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

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, {
    nullable: true,
    description: "Root of all that is personal. Null when nobody is signed in.",
  })
  viewer(@Ctx() context: RequestContext): Viewer | null {
    return showViewer(context);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description:
      "The person whom the account stands for, from the landlord's system. Null when that no longer knows them, or together with an error.",
  })
  person(@Root() _viewer: Viewer, @Ctx() context: RequestContext): Promise<Person | null> {
    return ownPerson(context);
  }

  @FieldResolver(() => [Role], {
    nullable: true,
    description:
      "What the account's persons are to the landlord (profil), each once. Tenants where the landlord has nobody else. Null together with an error.",
  })
  roles(@Root() _viewer: Viewer, @Ctx() context: RequestContext): Promise<string[]> {
    return ownRoles(context);
  }
}

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => ProfessionalSituation, {
    nullable: true,
    description:
      "Situation professionnelle. Null when none is on file, or together with an error: `NOT_SUPPORTED` where the landlord's system does not keep it.",
  })
  professionalSituation(
    @Root() person: Person,
    @Ctx() context: RequestContext,
  ): Promise<ProfessionalSituation | null> {
    return ownSituation(context, person.id);
  }
}
