import "reflect-metadata";
import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { AccountErased } from "../../kernel/account-erasure.ts";
import { DownloadLink } from "../../kernel/file-link-types.ts";
import { errorsDescription, type UserError } from "../../kernel/user-errors.ts";
import { userErrorsOf } from "../user-error/types.ts";
import { eraseCodes } from "./erase.ts";
import { exportCodes } from "./export.ts";

const RequestDataExportUserError = userErrorsOf("RequestDataExport", exportCodes);
const EraseAccountUserError = userErrorsOf("EraseAccount", eraseCodes);

@InputType({ description: "Who asks for a copy of their data." })
export class RequestDataExportInput {
  @Field(() => String, { description: "The password of now." })
  currentPassword!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `requestDataExport` answers." })
export class RequestDataExportPayload {
  @Field(() => DownloadLink, {
    nullable: true,
    description:
      "A JSON file with an index in French and English. It is made when it is fetched; a part that the landlord's system did not answer says so. Null when it was refused.",
  })
  download!: DownloadLink | null;

  @Field(() => [RequestDataExportUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Who wants their account erased." })
export class EraseAccountInput {
  @Field(() => String, { description: "The password of now." })
  currentPassword!: string;

  @Field(() => String, {
    description: "The address of the account, typed again: so that nobody does it by mistake.",
  })
  email!: string;
}

@ObjectType({ simpleResolvers: true, description: "What `eraseAccount` answers." })
export class EraseAccountPayload implements AccountErased {
  @Field(() => Boolean, {
    description: "Whether it is erased, and all sessions with it: this one too.",
  })
  erased!: boolean;

  @Field(() => Int, {
    description:
      "Changes that had not been handed over to the landlord's system: it will not get them.",
  })
  cancelledChanges!: number;

  @Field(() => Int, {
    description:
      "Changes and payments that are under way: they end first, and are then erased too.",
  })
  underWay!: number;

  @Field(() => [String], {
    description:
      "What is kept, by whom and why, ready to be shown, in the language of the request: the landlord's own file, and what the law has us keep.",
  })
  notices!: readonly string[];

  @Field(() => [EraseAccountUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
