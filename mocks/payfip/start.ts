/** PayFiP of the DGFiP for régies, as a server: SOAP, its page, its notification, its control door. */
import { shiftedClock } from "../checkout/clock.ts";
import { checkoutDoor } from "../checkout/door.ts";
import { createNotifier } from "../checkout/notifier.ts";
import { messagePage } from "../checkout/page.ts";
import type { MockProvider } from "../checkout/provider.ts";
import { stop } from "../kit/listen.ts";
import type { MockAnswer, MockRequest } from "../kit/product.ts";
import { openDoor, serveBehaviour, type Behaviour } from "../kit/server.ts";
import { fault, readCall, RefusedCall, success } from "./envelope.ts";
import { booked, createBooks, detailOf, type Books } from "./operations.ts";
import { notify, pagePath, servePage } from "./page.ts";
import { published, wsdl } from "./schema.ts";

export const servicePath = "/tpa/services/securite";

export interface PayfipOptions {
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
  now?: () => Date;
  /** The régies that PayFiP knows. */
  clientNumbers?: readonly string[];
}

const timeZone = "Europe/Paris";

export async function startPayfip(options: PayfipOptions = {}): Promise<MockProvider> {
  const {
    port = 0,
    doorPort = 0,
    now = () => new Date(),
    clientNumbers = ["093001", "017300"],
  } = options;
  const clock = shiftedClock(now);
  const notifier = createNotifier();
  const books = createBooks(clock.now, clientNumbers);
  const place = { books, notifier, now: clock.now };
  const behaviour: Behaviour = {
    operationOf,
    answer: async (request) => {
      if (request.path === pagePath) return servePage(request, place);
      if (request.method === "GET") return publish(request);
      return request.path === servicePath ? answerCall(request, books) : notFound;
    },
    fault: () => fault(new RefusedCall("TechDysfonctionnementErreur", "T9", "Erreur technique")),
    closed: () =>
      fault(new RefusedCall("TechIndisponibiliteErreur", "T2", "Service momentanément fermé")),
  };
  const served = await serveBehaviour(behaviour, port);
  const door = checkoutDoor({
    name: "PayFiP",
    served,
    clock,
    notifier,
    payments: () => books.all().map(booked),
    purge: () => books.purge(),
    actions: ["notify"],
    act: async (action, idOp) => {
      const operation = books.find(idOp);
      if (!operation || action !== "notify") return null;
      await notify(operation, notifier);
      return booked(operation);
    },
  });
  const doorUrl = await openDoor(door, doorPort, served);
  const close = async () => {
    await stop(door);
    await served.close();
  };
  return { url: served.url, doorUrl, close };
}

const notFound = messagePage(404, "Page introuvable", "Il n'y a rien à cette adresse.");

const firstInBody = /<(?:[\w-]+:)?Body\b[^>]*>\s*<(?:[\w-]+:)?(\w+)/;

/** What the call list names it; never throws. */
function operationOf({ method, path, body }: MockRequest): string {
  if (path === pagePath) return "page";
  if (method !== "POST") return "wsdl";
  return firstInBody.exec(body.toString("utf8"))?.[1] ?? "inconnue";
}

function answerCall(request: MockRequest, books: Books): MockAnswer {
  try {
    const { operation, fields } = readCall(request);
    if (operation === "creerPaiementSecurise") {
      const { idOp } = books.create(fields);
      return success(operation, "CreerPaiementSecuriseResponse", { idOp });
    }
    if (operation === "recupererDetailPaiementSecurise") {
      const detail = detailOf(books.find(fields.get("idOp") ?? ""), timeZone);
      return success(operation, "RecupererDetailPaiementSecuriseResponse", detail);
    }
    const numcli = fields.get("numCli") ?? "";
    const client = { libelleN1: "Office public", libelleN2: "Régie des loyers", numcli };
    return success(operation, "RecupererDetailClientResponse", client);
  } catch (error) {
    if (error instanceof RefusedCall) return fault(error);
    throw error;
  }
}

/** `?wsdl`, and the XSDs where its relative imports lead. */
function publish({ url, path }: MockRequest): MockAnswer {
  const asked = [...url.searchParams.keys()].some((name) => name.toLowerCase() === "wsdl");
  const text = asked ? wsdl : published.get(path.split("/").slice(-2).join("/"));
  if (text === undefined) return notFound;
  return { status: 200, headers: { "content-type": "text/xml; charset=utf-8" }, body: text };
}
