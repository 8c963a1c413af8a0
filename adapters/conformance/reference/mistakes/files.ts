/** What opening a file can do wrong, by the end of the check's id. */
import { PortError } from "../../../ports/errors.ts";
import type { Mistake } from "../index.ts";
import { served } from "./serving.ts";

const place = "documentContents.open";

export const fileMistakes: Readonly<Record<string, Mistake>> = {
  whole: served(place, (open) => async (key, call) => ({
    ...(await open(key, call)),
    body: onlyHead(),
  })),
  foreign: served(
    place,
    (open) => (key, call) => open({ ...key, contractKey: key.key.slice(0, 4) }, call),
  ),
  unknown: served(
    place,
    (open) => (key, call) =>
      open(key, call).catch(() => {
        throw new PortError("BAD_RESPONSE", "what came is no document");
      }),
  ),
  left: served(place, (open) => {
    let held = 0;
    return async (key, call) => {
      if (held > 0) throw new PortError("TIMEOUT", "no place came free");
      const content = await open(key, call);
      const body = async function* () {
        held += 1;
        yield* content.body;
        held -= 1;
      };
      return { ...content, body: body() };
    };
  }),
};

async function* onlyHead(): AsyncIterable<Uint8Array> {
  yield Buffer.from("%PDF-1.4\n");
}
