import "reflect-metadata";
import { ArgsType, Field, Int } from "type-graphql";

/** The arguments of every connection. */
@ArgsType()
export class PagingArgs {
  @Field(() => Int, { defaultValue: 20, description: "How many: 1 to 50." })
  first!: number;

  @Field(() => String, {
    nullable: true,
    description: "A cursor of an earlier page: go on behind it.",
  })
  after?: string;
}

export const pagingOf = ({ first, after }: PagingArgs) => ({ first, after: after ?? null });
