import { SpanStatusCode, trace, type Attributes } from "@opentelemetry/api";
import type { ErrorCode, PortError } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";
import type { Ask, GuardOptions } from "./options.ts";

/** A span, a line in the log where it failed, a count and a word to its reader for each call that goes to the ERP. */
export function traced(place: string, ask: Ask, options: GuardOptions): Ask {
  const tracer = trace.getTracer("trousseau");
  return (keys: unknown, call: Call) => {
    const asked = Array.isArray(keys) ? keys.length : 1;
    const attributes: Attributes = {
      "trousseau.landlord": options.landlord,
      "trousseau.request_id": call.requestId,
      "trousseau.keys": asked,
    };
    const startedAt = performance.now();
    let outcome: ErrorCode | "OK" = "OK";
    return tracer.startActiveSpan(place, { attributes }, async (span) => {
      try {
        return await ask(keys, call);
      } catch (error) {
        const { code, message } = error as PortError;
        outcome = code;
        span.setAttribute("trousseau.error_code", code);
        span.setStatus({ code: SpanStatusCode.ERROR, message: code });
        if (code !== "NOT_FOUND") {
          options.log(code === "INTERNAL" ? "error" : "warn", message, {
            landlord: options.landlord,
            requestId: call.requestId,
            port: place,
            code,
          });
        }
        throw error;
      } finally {
        span.end();
        const milliseconds = performance.now() - startedAt;
        options.onCall?.(place, outcome, milliseconds);
        call.reader?.onAsked?.({ place, keys: asked, outcome, milliseconds });
      }
    });
  };
}
