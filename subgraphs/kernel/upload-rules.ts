/** What files a landlord takes: a part of its file. */
import { z } from "zod";
import { FileRef } from "../../adapters/ports/changes.ts";

const mediaTypes = FileRef.shape.mediaType.options;
export type MediaType = (typeof mediaTypes)[number];

const types = (...usual: MediaType[]) => z.array(z.enum(mediaTypes)).min(1).default(usual);

export const UploadRules = z
  .strictObject({
    maxMegabytes: z.int().min(1).max(25).default(10),
    /** Types that are taken, by what a file is for. */
    types: z
      .strictObject({
        INSURANCE_CERTIFICATE: types("application/pdf", "image/jpeg", "image/png"),
        REQUEST_PHOTO: types("image/jpeg", "image/png", "image/heic"),
        TAX_NOTICE: types("application/pdf", "image/jpeg", "image/png"),
      })
      .prefault({}),
  })
  .prefault({});
export type UploadRules = z.infer<typeof UploadRules>;

/** 10 MB are ten million bytes, as file managers count. */
export const maxBytes = ({ maxMegabytes }: UploadRules): number => maxMegabytes * 1_000_000;
