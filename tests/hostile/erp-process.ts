/** The hostile ERP in a process of its own, so that what it costs is not measured. */
import { hostileAnswers, type Format } from "./answers.ts";
import { startHostileErp } from "./server.ts";

/** Which answer it gives from now on. */
export interface Order {
  readonly format: Format;
  readonly index: number;
}

const erp = await startHostileErp();
// Nobody is there: whether anybody calls is for the tests to see.
const trap = "http://127.0.0.1:1/";
const answers = { SOAP: hostileAnswers("SOAP", trap), REST: hostileAnswers("REST", trap) };

process.on("message", ({ format, index }: Order) => {
  erp.behave(answers[format][index]!);
  process.send?.({ ready: true });
});
process.on("disconnect", () => process.exit());
process.send?.({ url: erp.url });
