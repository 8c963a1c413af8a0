import { Directive, Field, ObjectType } from "type-graphql";
import type { FileLink } from "./file-links.ts";
import { DateTimeScalar } from "./scalars.ts";

@Directive("@shareable")
@ObjectType({
  simpleResolvers: true,
  description: "Where the file can be fetched, for a short while, by whoever asked.",
})
export class DownloadLink implements FileLink {
  @Field(() => String, {
    description:
      "Fetch it with GET, no header needed. It works for whoever asked only as long as their session lives.",
  })
  url!: string;

  @Field(() => DateTimeScalar, { description: "From then on the link is refused: ask again." })
  expiresAt!: string;
}
