/** `npm run invariants`: as many generated queries as wanted; tells of each that has two answers. */
import fc from "fast-check";
import { parseArgs } from "node:util";
import { startTestDemo } from "../support/demo.ts";
import { chances, compare, pickFrom } from "./compare.ts";
import { openSides } from "./sides.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

const numRuns = Number(values.count);
const seed = Number(values.seed);
const demo = await startTestDemo();
const sides = await openSides(demo);
try {
  const began = performance.now();
  let [withErrors, deviating] = [0, 0];
  for (const [index, numbers] of fc.sample(chances, { numRuns, seed }).entries()) {
    const fits = index % 5 !== 4;
    const pick = pickFrom(numbers);
    const asked = fits ? sides.make(pick) : sides.spoilt(pick);
    const { deviation, errors } = await compare(sides, asked, fits);
    if (errors > 0) withErrors += 1;
    if (deviation === null) continue;
    deviating += 1;
    say(deviation);
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  say(`${numRuns} queries with seed ${seed} in ${seconds} s, ${withErrors} of them with errors`);
  say(deviating === 0 ? "all had one answer" : `FAILED: ${deviating} had two answers`);
  process.exitCode = deviating === 0 ? 0 : 1;
} finally {
  await sides.stop();
  await demo.stop();
}
