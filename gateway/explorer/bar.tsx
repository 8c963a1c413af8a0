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

/** Whose tenants, and as whom: the line above the editors. */
export function Bar({ config, initial }: { config: ExplorerConfig; initial: string }) {
  const [landlord, setLandlord] = useState(initial);
  const email = useSyncExternalStore(onSessionChange, () => savedSession(landlord)?.email);
  const viewEnds = useSyncExternalStore(onSessionChange, () => savedView(landlord)?.endsAt);
  const choose = (id: string) => {
    chooseLandlord(id);
    setLandlord(id);
  };
  return (
    <header className="bar">
      <strong>Explorer</strong>
      <label>
        Landlord{" "}
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
        <SignIn key={landlord} endpoint={config.endpoint} landlord={landlord} />
      ) : (
        <span className="account">
          Signed in as <b>{email}</b>{" "}
          <button type="button" onClick={() => signOut(config.endpoint, landlord)}>
            Sign out
          </button>
          {viewEnds !== undefined && (
            <>
              {" "}
              looking at somebody’s space until {new Date(viewEnds).toLocaleTimeString()}{" "}
              <button type="button" onClick={() => leaveView(config.endpoint, landlord)}>
                End
              </button>
            </>
          )}
        </span>
      )}
    </header>
  );
}

interface SignInProps {
  endpoint: string;
  landlord: string;
}

function SignIn({ endpoint, landlord }: SignInProps) {
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: { preventDefault(): void; currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const typed = (name: string) => {
      const value = data.get(name);
      return typeof value === "string" ? value : "";
    };
    const email = typed("email");
    setBusy(true);
    const found = await signIn(endpoint, landlord, email, typed("password")).catch(String);
    setBusy(false);
    setFault(found);
  };
  return (
    <form onSubmit={submit}>
      <input
        name="email"
        type="email"
        placeholder="E-mail"
        aria-label="E-mail"
        autoComplete="username"
        required
      />
      <input
        name="password"
        type="password"
        placeholder="Password"
        aria-label="Password"
        autoComplete="current-password"
        required
      />
      <button disabled={busy}>Sign in</button>
      <span className="fault" role="status">
        {fault}
      </span>
    </form>
  );
}
