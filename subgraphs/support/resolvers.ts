import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ChangeStatus } from "../../store/change-row.ts";
import { ChangeStatusType } from "../kernel/change-types.ts";
import type { RequestContext } from "../kernel/context.ts";
import { PagingArgs, pagingOf } from "../kernel/paging-args.ts";
import { DateTimeScalar } from "../kernel/scalars.ts";
import { userErrors } from "../kernel/user-errors.ts";
import {
  changeOfLandlord,
  changesOfLandlord,
  historyOf,
  showSupport,
  showSupported,
} from "./changes.ts";
import { showErp } from "./drift.ts";
import { settleMessages } from "./messages.ts";
import { settleChange } from "./settle.ts";
import { asStaff, isStaff } from "./staff.ts";
import * as types from "./types.ts";

@Resolver(() => types.Viewer)
export class StaffResolver {
  @FieldResolver(() => Boolean, {
    description:
      "Whether the viewer is one of the landlord's own people, who may ask for `Query.support`. They have no contracts.",
  })
  isStaff(@Root() _viewer: types.Viewer, @Ctx() context: RequestContext): Promise<boolean> {
    return isStaff(context);
  }
}

@Resolver(() => types.Support)
export class SupportResolver {
  @Query(() => types.Support, {
    nullable: true,
    description:
      "What the landlord's own people see, of their landlord only. FORBIDDEN for everybody else.",
  })
  async support(@Ctx() context: RequestContext): Promise<types.Support> {
    await asStaff(context);
    return showSupport(context);
  }

  @FieldResolver(() => types.SupportChangeConnection, {
    description:
      "Changes of everybody, the oldest first; unless asked otherwise, those without an end.",
  })
  changes(
    @Root() _support: types.Support,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("status", () => ChangeStatusType, {
      nullable: true,
      description: "Those that stand there only, ended ones too.",
    })
    status: ChangeStatus | null,
    @Arg("olderThan", () => DateTimeScalar, {
      nullable: true,
      description: "Those that were submitted before this moment only.",
    })
    olderThan: Date | null,
    @Ctx() context: RequestContext,
  ) {
    const asked = { status: status ?? null, olderThan: olderThan ?? null };
    return changesOfLandlord(context, asked, pagingOf(paging));
  }

  @FieldResolver(() => types.SupportErp, {
    description: "The landlord's ERP, and whether it has changed under the house.",
  })
  erp(@Root() _support: types.Support, @Ctx() context: RequestContext): Promise<types.SupportErp> {
    return showErp(context);
  }

  @FieldResolver(() => types.SupportChange, {
    nullable: true,
    description: "One change. NOT_FOUND for a receipt that is none of this landlord's.",
  })
  change(
    @Root() _support: types.Support,
    @Arg("receipt", () => String, { description: "What the person quotes: `Change.receipt`." })
    receipt: string,
    @Ctx() context: RequestContext,
  ): Promise<types.SupportChange> {
    return changeOfLandlord(context, receipt);
  }
}

@Resolver(() => types.SupportChange)
export class SupportChangeResolver {
  @FieldResolver(() => [types.SupportChangeEvent], {
    description: "What became of it, the first step first: why the person sees what they see.",
  })
  history(@Root() { receipt }: types.SupportChange, @Ctx() context: RequestContext) {
    return historyOf(context, receipt);
  }

  @Mutation(() => types.SettleChangePayload, {
    description:
      "Decides what becomes of a change that NEEDS_ATTENTION, or has one sent again that is ACCEPTED or UNKNOWN and overdue. Kept with who decided and why. FORBIDDEN for everybody but the landlord's own people.",
  })
  async settleChange(
    @Arg("input", () => types.SettleChangeInput) input: types.SettleChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<types.SettleChangePayload> {
    const settled = await settleChange(context, await asStaff(context), input);
    return "faults" in settled
      ? { change: null, userErrors: userErrors(context, settleMessages, settled.faults) }
      : { change: showSupported(context, settled), userErrors: [] };
  }
}
