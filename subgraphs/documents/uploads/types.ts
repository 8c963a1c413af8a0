import "reflect-metadata";
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { uploadPurposes } from "../../../store/upload-row.ts";
import { DateTimeScalar } from "../../kernel/scalars.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { startUploadMessages } from "./start-upload.ts";

const UploadPurposeEnum = Object.fromEntries(uploadPurposes.map((purpose) => [purpose, purpose]));
registerEnumType(UploadPurposeEnum, {
  name: "UploadPurpose",
  description: "What a file is sent for.",
  valuesConfig: {
    INSURANCE_CERTIFICATE: { description: "Attestation d'assurance habitation." },
    REQUEST_PHOTO: { description: "A photo that goes with a service request (demande)." },
    TAX_NOTICE: { description: "Avis d'imposition, for a survey (enquête sociale)." },
  },
});

@ObjectType({ simpleResolvers: true, description: "What files the landlord takes." })
export class UploadRule {
  @Field(() => UploadPurposeEnum, { description: "What for." })
  purpose!: string;

  @Field(() => [String], { description: "Media types that are taken: `image/jpeg`." })
  mediaTypes!: string[];

  @Field(() => Int, { description: "Size of the largest file that is taken, in bytes." })
  maxSizeBytes!: number;
}

@InputType({ description: "A file that is to be sent." })
export class StartUploadInput {
  @Field(() => UploadPurposeEnum, { description: "What it is for." })
  purpose!: string;

  @Field(() => String, { description: "As the person named it; the landlord sees it." })
  fileName!: string;

  @Field(() => String, {
    description: "One of `UploadRule.mediaTypes`. The file's own bytes must say the same.",
  })
  mediaType!: string;

  @Field(() => Int, { description: "Its exact size in bytes: neither more nor fewer are taken." })
  sizeBytes!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "Where a file can be sent to, for a short while, by whoever asked.",
})
export class UploadLink {
  @Field(() => ID, {
    description:
      "What a mutation takes once the file has been sent. Opaque; worthless to anybody else.",
  })
  id!: string;

  @Field(() => String, {
    description:
      "Send the bytes there with PUT or POST, as they are, no header needed. 201: it has been taken, and is kept for a day for a mutation to name it. Else `errors` say why, as JSON; it may be sent again as long as the link is good.",
  })
  url!: string;

  @Field(() => DateTimeScalar, { description: "From then on the link is refused: ask again." })
  expiresAt!: string;

  @Field(() => Int, { description: "Size of the largest file that is taken, in bytes." })
  maxSizeBytes!: number;
}

const StartUploadUserError = userErrorsOf("StartUpload", startUploadMessages);

@ObjectType({ simpleResolvers: true, description: "What `startUpload` answers." })
export class StartUploadPayload {
  @Field(() => UploadLink, { nullable: true, description: "Null when it was refused." })
  upload!: UploadLink | null;

  @Field(() => [StartUploadUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Landlord {
  @Field(() => ID)
  id!: string;
}
