/**
 * The way to a provider and back: `GET /social/<landlord>/<provider>?state=…` sends the person
 * there, `…/callback` takes them back and on to the landlord's portal. No session is opened here, and
 * none is in an address: the portal gets a code that only the client that began can redeem.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  createHandOver,
  endTrip,
  lookAtTrip,
  type Arrived,
  type Trip,
} from "../../subgraphs/identity/social/trip.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { languageOf, type House } from "../../subgraphs/kernel/request.ts";
import type { SocialSettings } from "../landlord-file/social.ts";
import { plainPage } from "../link-page.ts";
import { createProviderClient, failureOf, type ProviderClient } from "./provider.ts";

/** By the landlord's id. */
export type SocialByLandlord = ReadonlyMap<string, SocialSettings>;

interface SocialRoute {
  Params: { landlord: string; provider: string };
  Querystring: Record<string, string | string[] | undefined>;
}

/** What a request is about. */
interface Stop {
  readonly landlord: Landlord;
  readonly returnUrl: string;
  readonly client: ProviderClient;
  readonly place: { readonly landlord: string; readonly provider: string; readonly state: string };
  readonly redirectUri: string;
}

export function mountSocial(app: FastifyInstance, house: House, social: SocialByLandlord): void {
  const clients = clientsOf(house, social);
  const stopOf = ({ params, query }: FastifyRequest<SocialRoute>): Stop | null => {
    const landlord = house.landlords.find((one) => one.landlord.id === params.landlord)?.landlord;
    const client = clients.get(`${params.landlord}/${params.provider}`);
    if (!landlord || !client) return null;
    const state = typeof query["state"] === "string" ? query["state"] : "";
    const { returnUrl } = social.get(landlord.id)!;
    const redirectUri = `${house.publicUrl}/social/${params.landlord}/${params.provider}/callback`;
    return { landlord, client, returnUrl, redirectUri, place: { ...params, state } };
  };
  app.get<SocialRoute>("/social/:landlord/:provider", async (request, reply) => {
    const stop = stopOf(request);
    return stop ? depart(house, stop, request, reply) : reply.callNotFound();
  });
  app.get<SocialRoute>("/social/:landlord/:provider/callback", async (request, reply) => {
    const stop = stopOf(request);
    return stop ? arrive(house, stop, request, reply) : reply.callNotFound();
  });
}

function clientsOf({ now }: House, social: SocialByLandlord): Map<string, ProviderClient> {
  const clients = new Map<string, ProviderClient>();
  for (const [landlord, { providers }] of social) {
    for (const [id, settings] of providers) {
      clients.set(`${landlord}/${id}`, createProviderClient(settings, now));
    }
  }
  return clients;
}

/** The trip is only looked at: whoever goes back and presses the button again departs again. */
async function depart(
  house: House,
  stop: Stop,
  request: FastifyRequest<SocialRoute>,
  reply: FastifyReply,
) {
  const { client, place, redirectUri } = stop;
  const trip = await lookAtTrip(house.store, place);
  if (!trip) return refuse(stop, request, reply);
  let page: URL;
  try {
    page = await client.departure({ trip, state: place.state, redirectUri });
  } catch (error) {
    const ended = await endTrip(house.store, place);
    if (!ended) return refuse(stop, request, reply);
    return handOver(house, stop, reply, ended, failed(stop, request, error));
  }
  return send(reply, page);
}

/** The trip ends with whatever comes first under its state. */
async function arrive(
  house: House,
  stop: Stop,
  request: FastifyRequest<SocialRoute>,
  reply: FastifyReply,
) {
  const { client, place, redirectUri } = stop;
  const trip = await endTrip(house.store, place);
  if (!trip) return refuse(stop, request, reply);
  const query = new URLSearchParams(request.originalUrl.split("?").slice(1).join("?"));
  let arrived: Arrived;
  try {
    const passage = { trip, state: place.state, redirectUri };
    arrived = { subject: await client.arrival(passage, query) };
  } catch (error) {
    arrived = failed(stop, request, error);
  }
  return handOver(house, stop, reply, trip, arrived);
}

/** Of the error only its kind is logged: its text may hold tokens, or say who the person is. */
function failed(
  { place }: Stop,
  request: FastifyRequest<SocialRoute>,
  error: unknown,
): Extract<Arrived, { failure: unknown }> {
  const failure = failureOf(error);
  const { landlord, provider } = place;
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const kind = [name, code].filter((text) => typeof text === "string").join(" ");
  if (failure !== "CANCELLED") {
    request.log.warn({ landlord, provider, failure, kind }, "a social sign-in failed");
  }
  return { failure };
}

async function handOver(
  house: House,
  { landlord, returnUrl }: Stop,
  reply: FastifyReply,
  trip: Trip,
  arrived: Arrived,
) {
  const address = new URL(returnUrl);
  address.searchParams.set("code", await createHandOver(house, landlord.id, trip, arrived));
  return send(reply, address);
}

const careful = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

function send(reply: FastifyReply, address: URL) {
  return reply.headers(careful).redirect(address.href, 302);
}

const texts = {
  fr: {
    title: "Connexion interrompue",
    said: "Cette connexion n'est plus valable, ou a déjà servi. Recommencez depuis la page de connexion de votre espace.",
  },
  en: {
    title: "Sign-in interrupted",
    said: "This sign-in is no longer valid, or has been used already. Begin again from the sign-in page of your space.",
  },
} as const;

/** For a state that is none, or is over: there is nobody to hand anything to. */
function refuse({ landlord }: Stop, request: FastifyRequest<SocialRoute>, reply: FastifyReply) {
  const language = languageOf(request.headers["accept-language"]);
  const { title, said } = texts[language];
  return reply
    .status(400)
    .headers({
      ...careful,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    .send(plainPage({ landlord, language, title, wrong: [said] }));
}
