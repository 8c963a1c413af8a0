import type { MediaType } from "../../kernel/upload-rules.ts";

const endings: Record<MediaType, string> = {
  "application/pdf": ".pdf",
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/heic": ".heic",
};

const longest = 100;

/**
 * A name under which an ERP, and whoever works with it, can keep the file: no path, no character that
 * means something to a system or turns the writing round, and the ending of what it is.
 */
export function safeFileName(typed: string, mediaType: MediaType): string {
  const base = typed
    .normalize("NFC")
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*%]/gu, "")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const short = Array.from(base).slice(0, longest).join("").trim();
  return `${short === "" ? "document" : short}${endings[mediaType]}`;
}
