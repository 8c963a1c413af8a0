import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../kernel/context.ts";
import { showLandlord } from "./landlord.ts";
import { ownPerson } from "./person.ts";
import { Landlord, Person, Viewer } from "./types.ts";
import { showViewer } from "./viewer.ts";

@Resolver(() => Landlord)
export class LandlordResolver {
  @Query(() => Landlord, { description: "The landlord that this request is about. Public." })
  landlord(@Ctx() context: RequestContext): Landlord {
    return showLandlord(context);
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
}
