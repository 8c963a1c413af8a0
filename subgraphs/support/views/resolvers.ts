import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../kernel/context.ts";
import { PagingArgs, pagingOf } from "../../kernel/paging-args.ts";
import { userErrors } from "../../kernel/user-errors.ts";
import { asStaff } from "../staff.ts";
import { Support, Viewer } from "../types.ts";
import { beginView } from "./begin.ts";
import { endView } from "./end.ts";
import { beginMessages, endMessages } from "./messages.ts";
import { actsOfLandlord, viewsOfViewer, viewUnderWay } from "./show.ts";
import * as types from "./types.ts";

@Resolver(() => Viewer)
export class ViewedResolver {
  @FieldResolver(() => types.SupportView, {
    nullable: true,
    description:
      "Who of the landlord's people looks at this space just now, for a portal's banner. Null for its owner.",
  })
  supportView(@Root() _viewer: Viewer, @Ctx() context: RequestContext): types.SupportView | null {
    return viewUnderWay(context);
  }

  @FieldResolver(() => types.SupportViewConnection, {
    description:
      "When the landlord's people looked at this space, and why, newest first (consultations).",
  })
  supportViews(
    @Root() _viewer: Viewer,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ) {
    return viewsOfViewer(context, pagingOf(paging));
  }
}

@Resolver(() => Support)
export class SupportActsResolver {
  @FieldResolver(() => types.SupportActConnection, {
    description: "What the landlord's people did by hand, newest first.",
  })
  acts(
    @Root() _support: Support,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("supportViewId", () => ID, {
      nullable: true,
      description: "What was done in this support view only.",
    })
    supportViewId: string | null,
    @Ctx() context: RequestContext,
  ) {
    return actsOfLandlord(context, pagingOf(paging), supportViewId ?? null);
  }
}

@Resolver()
export class SupportViewResolver {
  @Mutation(() => types.BeginSupportViewPayload, {
    description:
      "Begins to look at a person's space, to find out why they see what they see. All that is asked is written down, and the person sees who looked, when and why. FORBIDDEN for everybody but the landlord's own people, and within a support view.",
  })
  async beginSupportView(
    @Arg("input", () => types.BeginSupportViewInput) input: types.BeginSupportViewInput,
    @Ctx() context: RequestContext,
  ): Promise<types.BeginSupportViewPayload> {
    const { email = null, receipt = null, reason } = input;
    const begun = await beginView(context, await asStaff(context), { email, receipt, reason });
    if ("faults" in begun) {
      const faults = userErrors(context, beginMessages, begun.faults);
      return { accessToken: null, endsAt: null, userErrors: faults };
    }
    const { accessToken, endsAt } = begun;
    return { accessToken, endsAt: endsAt.toISOString(), userErrors: [] };
  }

  @Mutation(() => types.EndSupportViewPayload, {
    description:
      "Ends a support view before its time: the one thing that may be done within one. FORBIDDEN for everybody but the landlord's own people.",
  })
  async endSupportView(
    @Arg("input", () => types.EndSupportViewInput, { defaultValue: {} })
    input: types.EndSupportViewInput,
    @Ctx() context: RequestContext,
  ): Promise<types.EndSupportViewPayload> {
    const { faults } = await endView(context, input.supportViewId ?? null);
    return { ended: faults.length === 0, userErrors: userErrors(context, endMessages, faults) };
  }
}
