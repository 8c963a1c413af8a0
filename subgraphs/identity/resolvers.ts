import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../kernel/context.ts";
import { ownPerson, ownRoles, ownSituation } from "./person.ts";
import { Person, ProfessionalSituation, Role, Viewer } from "./types.ts";
import { showViewer } from "./viewer.ts";

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
