/** A payment that was made is booked by whichever gateway comes next. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, type Running } from "../gateway/run.ts";
import { demoEnvironment, type Demo } from "../mocks/demo/start.ts";
import { begunPayment, isBooked, paymentOnce, payOnPage } from "./support/checkout.ts";
import { door, signedInAs, startTestDemo } from "./support/demo.ts";

const landlord = "la-rochelle";

let folder: string;
let kept: Record<string, string>;
let demo: Demo;
let next: Running | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-restart-"));
  kept = {
    TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
    TROUSSEAU_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_LOG_LEVEL: "silent",
  };
  demo = await startTestDemo({ environment: kept });
});
afterAll(async () => {
  await next?.stop();
  await demo?.mocks.close();
  await rm(folder, { recursive: true, force: true });
});

test("H-08 between the provider's word and the booking the gateway may go: it is booked, once", async () => {
  const front = await signedInAs(demo, landlord, "threeContracts");
  const { data } = await front("{ viewer { contracts { nodes { id } } } }");
  const [{ id: contractId }] = data.viewer.contracts.nodes;
  const begun = await begunPayment(front, { contractId, amount: "64.28" });
  await door(demo, landlord).fault({ kind: "refuse" });
  await payOnPage(begun, "payer");
  await paymentOnce(front, begun.id, ({ status }) => status === "PAID");
  const { port } = new URL(demo.url);
  await demo.gateway.stop();
  await door(demo, landlord).calm();
  const settings = { ...demoEnvironment(Number(port), demo.mocks, folder), ...kept };
  next = await run(settings);
  await paymentOnce(front, begun.id, isBooked);
  const held = await door(demo, landlord).contractsOf("threeContracts");
  const booked = held.flatMap(({ payments }) => payments).filter(({ cents }) => cents === 6428);
  expect(booked).toHaveLength(1);
});
