/** Holds what is sent against openapi.yaml. */
import type { ValidateFunction } from "ajv";
import { fieldsOf, jsonOf, type SentFile } from "./form.ts";

/** What an operation takes, of openapi.yaml. */
export interface RequestBody {
  content: Record<string, { schema: FormSchema; encoding?: Record<string, Encoding> }>;
}
interface FormSchema {
  $ref?: string;
  properties?: Record<string, { type?: string }>;
}
interface Encoding {
  contentType: string;
}

export interface TakesBody {
  description: RequestBody;
  mediaType: string;
  valid: ValidateFunction;
}

/** What came: the value, and the files by the names of their fields. */
export interface Sent {
  body: unknown;
  files: Record<string, SentFile[]>;
}

export type BodyReading = Sent | { status: 400 | 413 | 415; message: string };

const mostBytes = 10 * 1024 * 1024;

export function readBody(takes: TakesBody, contentType: string, bytes: Buffer): BodyReading {
  const [mediaType] = contentType.split(";");
  if (mediaType!.trim().toLowerCase() !== takes.mediaType) {
    return { status: 415, message: `Content type ${contentType} not supported` };
  }
  try {
    return takes.mediaType === "application/json"
      ? checked(takes, jsonOf(bytes), {})
      : readForm(takes, contentType, bytes);
  } catch (error) {
    return { status: 400, message: `HttpMessageNotReadableException: ${(error as Error).message}` };
  }
}

function checked(takes: TakesBody, value: unknown, files: Sent["files"]): BodyReading {
  if (takes.valid(value)) return { body: value, files };
  const [fault] = takes.valid.errors ?? [];
  return { status: 400, message: `MethodArgumentNotValidException: ${fault?.instancePath}` };
}

function readForm(takes: TakesBody, contentType: string, bytes: Buffer): BodyReading {
  const { schema, encoding = {} } = takes.description.content[takes.mediaType]!;
  const form: Record<string, unknown> = {};
  const files: Sent["files"] = {};
  for (const field of fieldsOf(contentType, bytes)) {
    const { name } = field;
    const mediaType = "file" in field ? field.file.mediaType : "application/json";
    if (!encoding[name]?.contentType.split(", ").includes(mediaType)) {
      return { status: 415, message: `Part ${name} of type ${mediaType} not supported` };
    }
    const many = schema.properties?.[name]?.type === "array";
    if (name in form && !many) return { status: 400, message: `Part ${name} given twice` };
    if ("json" in field) form[name] = field.json;
    else {
      if (field.file.bytes.length > mostBytes) return { status: 413, message: "File too large" };
      if (field.file.bytes.length === 0) return { status: 400, message: "Empty file" };
      (files[name] ??= []).push(field.file);
      form[name] = many ? files[name].map(() => "") : "";
    }
  }
  return checked(takes, form, files);
}
