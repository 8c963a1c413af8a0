/** How a payment provider tells a shop what came of a payment, rightly or wrongly. */

const modes = {
  prompt: "sent at once, before the browser goes back",
  none: "never sent",
  late: "kept until they are released, then sent oldest first",
  doubled: "sent twice",
  forged: "sent with a content that the provider never vouched for",
  "out of order": "kept until they are released, then sent newest first",
} as const;

export type NotificationMode = keyof typeof modes;
/** Every mode, with what it does. */
export const notificationModes = Object.entries(modes) as [NotificationMode, string][];

export interface Notification {
  readonly url: string;
  /** Form-encoded. */
  readonly body: string;
  /** What somebody would send who wants to be believed and is not the provider. */
  readonly forged: string;
}

interface Attempt {
  readonly at: string;
  /** Which payment it was about, as the provider names it. */
  readonly payment: string;
  /** The status that the shop answered with; null when it did not. */
  readonly status: number | null;
}

export interface Notifier {
  readonly mode: NotificationMode;
  setMode(mode: NotificationMode): void;
  /** In the way of the mode. Resolves when the shop answered, or will not. */
  send(payment: string, notification: Notification): Promise<void>;
  /** Sends what was kept; says how many. */
  release(): Promise<number>;
  attempts(): readonly Attempt[];
}

interface Kept {
  readonly payment: string;
  readonly notification: Notification;
}

const patienceMs = 10_000;

export function createNotifier(): Notifier {
  let mode: NotificationMode = "prompt";
  let kept: Kept[] = [];
  const attempts: Attempt[] = [];

  async function post(payment: string, url: string, body: string): Promise<void> {
    const status = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    }).then(
      (answer) => answer.status,
      () => null,
    );
    attempts.push({ at: new Date().toISOString(), payment, status });
  }

  const ways: Record<NotificationMode, (one: Kept) => Promise<void> | void> = {
    prompt: ({ payment, notification }) => post(payment, notification.url, notification.body),
    none: () => {},
    late: (one) => void kept.push(one),
    "out of order": (one) => void kept.unshift(one),
    doubled: async ({ payment, notification }) => {
      await post(payment, notification.url, notification.body);
      await post(payment, notification.url, notification.body);
    },
    forged: ({ payment, notification }) => post(payment, notification.url, notification.forged),
  };

  return {
    get mode() {
      return mode;
    },
    setMode: (next) => void (mode = next),
    send: async (payment, notification) => ways[mode]({ payment, notification }),
    release: async () => {
      const due = kept;
      kept = [];
      for (const { payment, notification } of due) {
        await post(payment, notification.url, notification.body);
      }
      return due.length;
    },
    attempts: () => attempts,
  };
}
