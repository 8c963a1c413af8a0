/** Lyra, as a server: the form's page, its notification, its REST look-up, its control door. */
import { shiftedClock } from "../checkout/clock.ts";
import { checkoutDoor, type BookedPayment } from "../checkout/door.ts";
import { createNotifier, type Notifier } from "../checkout/notifier.ts";
import { messagePage } from "../checkout/page.ts";
import type { MockProvider } from "../checkout/provider.ts";
import { stop } from "../kit/listen.ts";
import type { MockAnswer, MockRequest } from "../kit/product.ts";
import { openDoor, serveBehaviour, type Behaviour } from "../kit/server.ts";
import { createBooks, taken, type Books, type Shop, type Visit } from "./books.ts";
import { notify } from "./notify.ts";
import { decide, formPath, openPage, visitPath } from "./page.ts";
import { answerOrder, orderPath } from "./rest.ts";

export interface LyraOptions {
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
  now?: () => Date;
  shops: readonly Shop[];
}

export async function startLyra(options: LyraOptions): Promise<MockProvider> {
  const { port = 0, doorPort = 0, now = () => new Date(), shops } = options;
  const clock = shiftedClock(now);
  const notifier = createNotifier();
  const books = createBooks(shops, clock.now);
  const place = { books, notifier, now: clock.now };
  const routes: Readonly<
    Record<string, (request: MockRequest) => MockAnswer | Promise<MockAnswer>>
  > = {
    [formPath]: (request) => openPage(request, place),
    [visitPath]: (request) => decide(request, place),
    [orderPath]: (request) => answerOrder(request, books, clock.now()),
  };
  const behaviour: Behaviour = {
    operationOf,
    answer: async (request) =>
      request.method === "POST" && Object.hasOwn(routes, request.path)
        ? routes[request.path]!(request)
        : messagePage(404, "Page introuvable", "Il n'y a rien à cette adresse."),
    fault: () => ({ status: 500, headers: { "content-type": "application/json" }, body: "{}" }),
    closed: () => messagePage(503, "Maintenance", "Le service de paiement est fermé."),
  };
  const served = await serveBehaviour(behaviour, port);
  const door = checkoutDoor({
    name: "Lyra",
    served,
    clock,
    notifier,
    payments: () => books.visits().map(booked),
    purge: () => books.purge(),
    actions: Object.keys(backOffice),
    act: (action, id) => act(books, notifier, action, id),
  });
  const doorUrl = await openDoor(door, doorPort, served);
  const close = async () => {
    await stop(door);
    await served.close();
  };
  return { url: served.url, doorUrl, close };
}

function operationOf({ path }: MockRequest): string {
  if (path === orderPath) return "Order/Get";
  return path === formPath ? "form" : path === visitPath ? "page" : "inconnue";
}

function booked(visit: Visit): BookedPayment {
  const { id, asked, transactions } = visit;
  const transaction = taken(visit);
  return {
    id,
    reference: asked["vads_order_id"] ?? "",
    cents: Number(asked["vads_amount"]),
    state: transactions.map(({ operation, status }) => `${operation} ${status}`).join(", "),
    paid: transaction !== null,
    transaction: transaction?.uuid ?? null,
  };
}

type Act = (visit: Visit, books: Books, notifier: Notifier) => Promise<void>;

const last = ({ transactions }: Visit) => transactions.at(-1)!;

/** What the bank and the shop's people do to the last transaction of an order. */
const backOffice: Readonly<Record<string, Act>> = {
  capture: async (visit, _books, notifier) => {
    last(visit).status = "CAPTURED";
    await notify(notifier, visit, last(visit), "BATCH");
  },
  "capture-failed": async (visit, _books, notifier) => {
    last(visit).status = "CAPTURE_FAILED";
    await notify(notifier, visit, last(visit), "BATCH");
  },
  accept: async (visit, _books, notifier) => {
    last(visit).status = "AUTHORISED";
    await notify(notifier, visit, last(visit), "BATCH");
  },
  refund: async (visit, books, notifier) => {
    await notify(notifier, visit, books.add(visit, "CAPTURED", "CREDIT"), "MERCH_BO");
  },
  resend: (visit, _books, notifier) => notify(notifier, visit, last(visit), "BO"),
  retry: (visit, _books, notifier) => notify(notifier, visit, last(visit), "RETRY"),
};

async function act(
  books: Books,
  notifier: Notifier,
  action: string,
  id: string,
): Promise<BookedPayment | null> {
  const visit = books.visit(id);
  if (!visit || visit.transactions.length === 0 || !Object.hasOwn(backOffice, action)) return null;
  await backOffice[action]!(visit, books, notifier);
  return booked(visit);
}
