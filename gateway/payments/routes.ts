/**
 * Where payment providers call and send people back to: `POST /notifications/<provider>/<landlord>`,
 * `GET|POST /payments/return/<landlord>/<payment>`. Neither needs a sign-in, and neither says
 * anything about a payment.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { onNotification, onReturn, type Received } from "../../payments/notify.ts";
import { paymentIdKind } from "../../payments/reference.ts";
import { createIds } from "../../subgraphs/kernel/ids.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { languageOf, type House } from "../../subgraphs/kernel/request.ts";
import { plainPage } from "../link-page.ts";
import type { Payments } from "./open.ts";

interface NotificationRoute {
  Params: { provider: string; landlord: string };
  Body: Buffer | undefined;
}
interface ReturnRoute {
  Params: { landlord: string; payment: string };
}

/** Providers send a few kilobytes. */
const bodyLimit = 64 * 1024;

const statusOf: Record<Received, number> = { KEPT: 200, NOT_FOUND: 404, REJECTED: 400 };

export async function mountPayments(
  app: FastifyInstance,
  house: House,
  payments: Payments,
): Promise<void> {
  await app.register(async (scope) => {
    // A signature is over the bytes that came: nothing here makes sense of them first.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<NotificationRoute>("/notifications/:provider/:landlord", (request, reply) =>
      receive(payments, request, reply),
    );
    scope.route<ReturnRoute>({
      method: ["GET", "POST"],
      url: "/payments/return/:landlord/:payment",
      handler: (request, reply) => comeBack(house, payments, request, reply),
    });
  });
}

/** 2xx only once it is in the store for good; a failure of ours is a 500, and it is sent again. */
async function receive(
  payments: Payments,
  request: FastifyRequest<NotificationRoute>,
  reply: FastifyReply,
) {
  const { provider, landlord } = request.params;
  const desk = payments.desks.get(landlord);
  if (desk?.rules.provider !== provider) return reply.callNotFound();
  const received = await onNotification(desk, {
    body: request.body ?? new Uint8Array(),
    contentType: request.headers["content-type"] ?? "",
    query: request.originalUrl.split("?").slice(1).join("?"),
  });
  if (received === "KEPT") payments.wake();
  return reply
    .status(statusOf[received])
    .header("cache-control", "no-store")
    .type("text/plain; charset=utf-8")
    .send(received === "KEPT" ? "OK" : "");
}

async function comeBack(
  house: House,
  payments: Payments,
  request: FastifyRequest<ReturnRoute>,
  reply: FastifyReply,
) {
  const { landlord: id, payment } = request.params;
  const desk = payments.desks.get(id);
  const landlord = house.landlords.find((one) => one.landlord.id === id)?.landlord;
  const found = desk && (await onReturn(desk, payment));
  if (!landlord || !found) return reply.callNotFound();
  payments.wake();
  if (landlord.portalUrl === undefined) return showPage(landlord, request, reply);
  const page = new URL(`${landlord.portalUrl.replace(/\/+$/, "")}/payment`);
  page.searchParams.set("id", createIds(house.idSecret, id).seal(paymentIdKind, found.id));
  return reply.headers(careful).redirect(page.href, 303);
}

const careful = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

const texts = {
  fr: {
    title: "Paiement transmis",
    said: "Votre paiement est en cours de confirmation auprès du prestataire. Son résultat s'affichera dans votre espace ; vous pouvez fermer cette page.",
  },
  en: {
    title: "Payment sent",
    said: "Your payment is being confirmed with the provider. Its result will be shown in your space; you can close this page.",
  },
} as const;

function showPage(landlord: Landlord, request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request.headers["accept-language"]);
  const { title, said } = texts[language];
  return reply
    .headers({
      ...careful,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    .send(plainPage({ landlord, language, title, wrong: [] }, `<p role="status">${said}</p>`));
}
