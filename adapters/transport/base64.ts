import { PortError } from "../ports/errors.ts";

/** Base64 that comes in pieces, with or without line breaks. */
export interface Base64Reader {
  /** The bytes that are whole by now. Throws BAD_RESPONSE for what is not base64. */
  read(piece: string): Uint8Array;
  /** Throws BAD_RESPONSE when it ends in the middle. */
  end(): void;
}

export function createBase64Reader(): Base64Reader {
  let rest = "";
  let padded = false;
  return {
    read(piece) {
      const text = rest + piece.replace(/[\t\n\r ]+/g, "");
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || (padded && text !== "")) throw refused();
      const whole = text.length - (text.length % 4);
      rest = text.slice(whole);
      padded ||= text[whole - 1] === "=";
      return Buffer.from(text.slice(0, whole), "base64");
    },
    end() {
      if (rest !== "") throw refused();
    },
  };
}

const refused = () => new PortError("BAD_RESPONSE", "An answer with a file that is not base64");
