/** A virus scanner that speaks the protocol of clamd. */
import { connect } from "node:net";
import { Refusal } from "./refusal.ts";

export interface Scanner {
  /** Throws a Refusal: VIRUS_FOUND, or SCANNER_UNAVAILABLE where there was no clear answer. */
  scan(bytes: Buffer): Promise<void>;
}

export type ScannerAddress =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };

const answerMs = 30_000;
const chunkSize = 1024 * 1024;
const longestAnswer = 4096;

export function createScanner(address: ScannerAddress, cutAfterMs = answerMs): Scanner {
  return {
    async scan(bytes) {
      const answer = await ask(address, bytes, cutAfterMs).catch((cause: unknown) => {
        throw new Refusal("SCANNER_UNAVAILABLE", { cause });
      });
      if (/^stream: OK$/.test(answer)) return;
      if (/^stream: .+ FOUND$/.test(answer)) throw new Refusal("VIRUS_FOUND");
      throw new Refusal("SCANNER_UNAVAILABLE");
    },
  };
}

/** INSTREAM: chunks, each after its length, until one of no length; the answer ends with a zero. */
function ask(address: ScannerAddress, bytes: Buffer, cutAfterMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error("The scanner takes too long.")), cutAfterMs);
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("error", fail);
    socket.on("data", (text: string) => {
      answer += text;
      if (answer.length > longestAnswer) fail(new Error("The scanner's answer has no end."));
      if (!answer.includes("\0")) return;
      resolve(answer.slice(0, answer.indexOf("\0")).trim());
      socket.destroy();
    });
    socket.on("close", () => {
      clearTimeout(timer);
      reject(new Error("The scanner gave no answer."));
    });
    socket.on("connect", () => {
      socket.write("zINSTREAM\0");
      for (let at = 0; at < bytes.length; at += chunkSize) {
        const chunk = bytes.subarray(at, at + chunkSize);
        socket.write(lengthOf(chunk));
        socket.write(chunk);
      }
      socket.write(lengthOf(Buffer.alloc(0)));
    });
  });
}

function lengthOf(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return length;
}
