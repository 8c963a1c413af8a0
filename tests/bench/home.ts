/**
 * `npm run bench`: what the home page costs the gateway, with the ERP's answers taken from memory so
 * that only the gateway's own work is counted. Our data source beside the stock one, in turn, in one
 * run: read the ratio, not the microseconds. Then the ERP calls of a home page, and their depth.
 */
import { ApolloServer } from "@apollo/server";
import { ApolloGateway, LocalGraphQLDataSource, type GraphQLDataSource } from "@apollo/gateway";
import { readFile } from "node:fs/promises";
import { inProcess } from "../../gateway/in-process.ts";
import { subgraphs } from "../../gateway/subgraphs.ts";
import type { RequestContext } from "../../subgraphs/kernel/context.ts";
import type { Subgraph } from "../../subgraphs/kernel/define.ts";
import { createContext, type House, type Incoming } from "../../subgraphs/kernel/request.ts";
import { operation } from "../support/client.ts";
import { door, frontOf, startTestDemo } from "../support/demo.ts";
import { remembered } from "../support/remembered.ts";

const rounds = 6;
const perRound = 100;

async function serverWith(
  supergraphSdl: string,
  source: (subgraph: Subgraph) => GraphQLDataSource,
) {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, source(subgraph)]));
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => byName.get(name)!,
  });
  const server = new ApolloServer<RequestContext>({ gateway });
  await server.start();
  return server;
}

async function cpuOf(job: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let run = 0; run < perRound; run += 1) await job();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / perRound;
}

const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const say = (line: string) => process.stdout.write(`${line}\n`);

const demo = await startTestDemo();
try {
  const account = demo.accounts.find(
    ({ landlord, oddity }) => landlord === "chartres" && oddity.startsWith("three"),
  )!;
  const { data } = await frontOf(demo, "chartres")(operation("F06-sign-in"), account);
  const authorization = `Bearer ${data.signIn.session.accessToken}`;
  const { house } = demo.gateway;
  const landlords = house.landlords.map(({ landlord, ports }) => ({
    landlord,
    ports: remembered(ports),
  }));
  const quiet: House = { ...house, landlords };
  const incoming = {
    landlordHeader: "chartres",
    authorization,
    requestId: "bench",
    clientAddress: "",
    signal: new AbortController().signal,
  } as Incoming;
  const query = operation("F12-home");
  const supergraphSdl = await readFile(
    new URL("../../schema/supergraph.graphql", import.meta.url),
    "utf8",
  );
  const ours = await serverWith(supergraphSdl, inProcess);
  const stock = await serverWith(supergraphSdl, ({ schema }) => new LocalGraphQLDataSource(schema));
  const ask = (server: ApolloServer<RequestContext>) => async () => {
    const contextValue = await createContext(quiet, incoming);
    const { body } = await server.executeOperation({ query }, { contextValue });
    if (body.kind !== "single" || body.singleResult.errors) throw new Error(JSON.stringify(body));
  };
  for (const server of [ours, stock]) await cpuOf(ask(server));
  const figures: { ours: number; stock: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    figures.push({ ours: await cpuOf(ask(ours)), stock: await cpuOf(ask(stock)) });
  }
  say("home page of a person with three contracts, CPU per request, median of rounds");
  say(`  our data source    ${median(figures.map((figure) => figure.ours)).toFixed(0)} µs`);
  say(`  the stock one      ${median(figures.map((figure) => figure.stock)).toFixed(0)} µs`);
  say(
    `  stock / ours       ${median(figures.map((figure) => figure.stock / figure.ours)).toFixed(2)}`,
  );
  for (const landlord of ["la-rochelle", "chartres"]) {
    const person = demo.accounts.find(
      (one) => one.landlord === landlord && one.oddity === account.oddity,
    )!;
    const front = frontOf(demo, landlord);
    const { data: signedIn } = await front(operation("F06-sign-in"), person);
    await door(demo, landlord).forgetCalls();
    await front.as(signedIn.signIn.session.accessToken)(query);
    const { total, mostAtOnce } = await door(demo, landlord).calls();
    say(`ERP calls for it at ${landlord}: ${total}, ${mostAtOnce} at once at most`);
  }
  await Promise.all([ours.stop(), stock.stop()]);
} finally {
  await demo.stop();
}
