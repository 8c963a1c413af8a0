import { useState, useSyncExternalStore } from "react";
import type { ExplorerConfig } from "./config.ts";
import {
  chooseLandlord,
  leaveView,
  onSessionChange,
  savedSession,
  savedView,
  signIn,
  signOut,
} from "./session.ts";
import { language, say } from "./texts.ts";

/** Whose tenants, and as whom: the line above the editors. */
export function Bar({ config, initial }: { config: ExplorerConfig; initial: string }) {
  const [landlord, setLandlord] = useState(initial);
  const email = useSyncExternalStore(onSessionChange, () => savedSession(landlord)?.email);
  const choose = (id: string) => {
    chooseLandlord(id);
    setLandlord(id);
  };
  return (
    <header className="bar">
      <strong>Explorer</strong>
      <label>
        {say("landlord")}{" "}
        <select
          value={landlord}
          onChange={(event: { target: HTMLSelectElement }) => choose(event.target.value)}
        >
          {config.landlords.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {email === undefined ? (
        <SignIn key={landlord} config={config} landlord={landlord} />
      ) : (
        <span className="account">
          {say("signedInAs")} <b>{email}</b>{" "}
          <button type="button" onClick={() => signOut(config.endpoint, landlord)}>
            {say("signOut")}
          </button>
        </span>
      )}
      <View endpoint={config.endpoint} landlord={landlord} />
    </header>
  );
}

interface Place {
  endpoint: string;
  landlord: string;
}

/** Whoever looks at somebody else's space must not forget that they do. */
function View({ endpoint, landlord }: Place) {
  const ends = useSyncExternalStore(onSessionChange, () => savedView(landlord)?.endsAt);
  if (ends === undefined) return null;
  return (
    <span className="view" role="status">
      {say("lookingUntil")} <b>{new Date(ends).toLocaleTimeString(language)}</b>{" "}
      <button type="button" onClick={() => leaveView(endpoint, landlord)}>
        {say("endView")}
      </button>
    </span>
  );
}

function SignIn({ config, landlord }: { config: ExplorerConfig; landlord: string }) {
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (email: string, password: string) => {
    setBusy(true);
    const found = await signIn(config.endpoint, landlord, email, password).catch(String);
    setBusy(false);
    setFault(found);
  };
  const submit = (event: { preventDefault(): void; currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const typed = (name: string) => {
      const value = data.get(name);
      return typeof value === "string" ? value : "";
    };
    return enter(typed("email"), typed("password"));
  };
  return (
    <form onSubmit={submit}>
      <TryAs config={config} landlord={landlord} enter={enter} />
      <input
        name="email"
        type="email"
        placeholder={say("email")}
        aria-label={say("email")}
        autoComplete="username"
        required
      />
      <input
        name="password"
        type="password"
        placeholder={say("password")}
        aria-label={say("password")}
        autoComplete="current-password"
        required
      />
      <button disabled={busy}>{say("signIn")}</button>
      <span className="fault" role="status">
        {fault}
      </span>
    </form>
  );
}

interface TryAsProps {
  config: ExplorerConfig;
  landlord: string;
  enter: (email: string, password: string) => Promise<void>;
}

/** Signs in as one of the demo's people, where there are any. */
function TryAs({ config, landlord, enter }: TryAsProps) {
  const accounts = config.accounts.filter((account) => account.landlord === landlord);
  if (accounts.length === 0) return null;
  const choose = (event: { target: HTMLSelectElement }) => {
    const chosen = accounts.find(({ email }) => email === event.target.value);
    if (chosen) void enter(chosen.email, chosen.password);
  };
  return (
    <select value="" aria-label={say("tryAs")} onChange={choose}>
      <option value="">{say("tryAs")}</option>
      {accounts.map(({ email, about }) => (
        <option key={email} value={email}>
          {about} ({email})
        </option>
      ))}
    </select>
  );
}
