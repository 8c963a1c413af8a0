/** As much of a browser as a social sign-in needs: it keeps cookies, follows redirects, presses buttons. */
export interface Browser {
  /** Follows redirects from `address` until a page comes, or until it is sent to `leaveAt`. */
  open(address: string, leaveAt: string): Promise<Stay>;
  /** Sends the form of a page with this button pressed. */
  press(page: Stay, fields: Record<string, string>, leaveAt: string): Promise<Stay>;
}

export interface Stay {
  readonly url: URL;
  /** 0 where it was sent to `leaveAt`, which is not asked. */
  readonly status: number;
  readonly text: string;
}

export function openBrowser(): Browser {
  const jar = new Map<string, Map<string, string>>();
  const go = async (first: string, leaveAt: string, init: RequestInit = {}): Promise<Stay> => {
    let [address, options] = [first, init];
    for (let hop = 0; hop < 12; hop += 1) {
      const url = new URL(address);
      if (address.startsWith(leaveAt)) return { url, status: 0, text: "" };
      const cookies = jar.get(url.origin) ?? new Map<string, string>();
      jar.set(url.origin, cookies);
      const answer = await fetch(url, {
        ...options,
        redirect: "manual",
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      });
      for (const line of answer.headers.getSetCookie()) keep(cookies, line);
      const next = answer.headers.get("location");
      if (next === null) return { url, status: answer.status, text: await answer.text() };
      await answer.body?.cancel();
      [address, options] = [new URL(next, url).href, {}];
    }
    throw new Error(`Too many redirects from ${first}.`);
  };
  return {
    open: (address, leaveAt) => go(address, leaveAt),
    press: ({ url, text }, fields, leaveAt) => {
      const action = /<form method="post" action="([^"]+)"/.exec(text)?.[1];
      if (action === undefined) throw new Error(`No form at ${url.pathname}.`);
      const body = new URLSearchParams(fields);
      return go(new URL(action, url).href, leaveAt, { method: "POST", body });
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === "") cookies.delete(name);
  else cookies.set(name, value);
}
