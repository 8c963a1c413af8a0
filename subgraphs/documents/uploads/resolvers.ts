import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../kernel/context.ts";
import { userErrors } from "../../kernel/user-errors.ts";
import { startUpload, startUploadMessages, uploadRules } from "./start-upload.ts";
import { Landlord, StartUploadInput, StartUploadPayload, UploadRule } from "./types.ts";

@Resolver()
export class UploadResolver {
  @Mutation(() => StartUploadPayload, {
    description:
      "Gives a link to send a file to (envoyer un document). The file is checked by its content, and kept until the landlord's system has it. NOT_SUPPORTED where the landlord takes no such file: see `Landlord.uploadRules`.",
  })
  async startUpload(
    @Arg("input", () => StartUploadInput) input: StartUploadInput,
    @Ctx() context: RequestContext,
  ): Promise<StartUploadPayload> {
    const started = await startUpload(context, input);
    if ("upload" in started) return { upload: started.upload, userErrors: [] };
    return { upload: null, userErrors: userErrors(context, startUploadMessages, started.faults) };
  }
}

@Resolver(() => Landlord)
export class LandlordUploadResolver {
  @FieldResolver(() => [UploadRule], {
    description:
      "What files can be sent, by what they are for. Empty where the landlord's system takes none.",
  })
  uploadRules(@Root() _landlord: Landlord, @Ctx() context: RequestContext): UploadRule[] {
    return uploadRules(context);
  }
}
