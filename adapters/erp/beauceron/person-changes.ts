/** Personal data: a PATCH that holds only while nobody else has changed the record (If-Match). */
import { isDeepStrictEqual } from "node:util";
import { PortError } from "../../ports/errors.ts";
import type { Changes, Outcome, Submission } from "../../ports/changes.ts";
import { personChanges, type PersonChange } from "../../ports/identity-changes.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { phoneOf } from "../../transport/phone.ts";
import { at, type Client } from "./client.ts";
import { fitsLine, lengths } from "./fits.ts";
import { Locataire, names } from "./wire.ts";
import { absent } from "./of-contract.ts";
import { applied, believed, nothingApplied, refusedAs, rejected } from "./write.ts";

export const personChangePorts = (client: Client): Served[] => [
  serve<Changes<PersonChange>>(personChanges, {
    repeat: "COMPARE",
    submit: async (change, call) => {
      if (!names.person.test(change.personKey)) return rejected("UNKNOWN_THING");
      return fits(change.payload) ? write(client, change, call) : rejected("INVALID");
    },
    lookUp: async ({ personKey, payload }, call) => {
      if (!names.person.test(personKey) || !fits(payload)) return absent;
      const found = await client.one(pathOf(personKey), Locataire, call);
      return found && stands(found, sentFor(payload)) ? applied(null) : absent;
    },
  }),
];

const pathOf = (personKey: string) => at`/v2/locataires/${personKey}`;

type Sent = Partial<
  Pick<Locataire, "civilite" | "nom" | "prenom" | "courriel" | "telephones" | "adresse">
>;

/** Only what is asked for. */
function sentFor({ title, surname, givenName, email, phones, address }: PersonChange): Sent {
  return {
    ...(title && { civilite: title === "MR" ? "M" : "MME" }),
    ...(surname !== undefined && { nom: surname.trim() }),
    ...(givenName !== undefined && { prenom: givenName.trim() }),
    ...(email !== undefined && { courriel: email }),
    ...(phones && { telephones: phones }),
    ...(address && {
      adresse: {
        lignes: address.lines.map((line) => line.trim()),
        code_postal: address.postalCode.trim(),
        ville: address.city.trim(),
        pays: address.country,
      },
    }),
  };
}

const mostLines = 4;

function fits({ surname, givenName, email, address }: PersonChange): boolean {
  if (!fitsLine(surname ?? null) || !fitsLine(givenName ?? null)) return false;
  if (!fitsLine(email ?? null, lengths.email)) return false;
  if (!address) return true;
  const lines = [...address.lines, address.city];
  return (
    address.country === "FR" &&
    /^\d{5}$/.test(address.postalCode.trim()) &&
    address.lines.length <= mostLines &&
    lines.every((line) => fitsLine(line.trim(), lengths.address))
  );
}

/** beauceron writes addresses in small letters, and phone numbers as people do. */
const normalised = (sent: Sent): Sent => ({
  ...sent,
  ...(sent.courriel && { courriel: sent.courriel.toLowerCase() }),
  ...(sent.telephones && { telephones: sent.telephones.map((phone) => phoneOf(phone) ?? phone) }),
});

/** The fields of the record that are asked for. */
function partOf(locataire: Locataire, asked: Sent): Sent {
  const fields = Object.entries(locataire).filter(([field]) => Object.hasOwn(asked, field));
  return normalised(Object.fromEntries(fields));
}

const stands = (locataire: Locataire, asked: Sent): boolean =>
  isDeepStrictEqual(partOf(locataire, asked), normalised(asked));

const mostTries = 2;

async function write(
  client: Client,
  { personKey, payload }: Submission<PersonChange>,
  call: Call,
): Promise<Outcome> {
  const path = pathOf(personKey);
  const asked = sentFor(payload);
  const read = () => nothingApplied(client.tagged(path, Locataire, call));
  const first = await read();
  let seen = first;
  for (let tries = 0; ; tries++) {
    if (first === null || seen === null) return rejected("UNKNOWN_THING");
    if (stands(seen.value, asked)) return applied(null);
    if (!isDeepStrictEqual(partOf(seen.value, asked), partOf(first.value, asked))) {
      return rejected("CHANGED_MEANWHILE");
    }
    if (tries === mostTries) throw busy();
    const written = await client.write(
      {
        method: "PATCH",
        path,
        headers: { "if-match": seen.etag },
        body: { json: asked },
        status: 200,
        shape: Locataire,
      },
      call,
    );
    if ("done" in written) {
      const { done } = written;
      return believed(done, done.cle === personKey && stands(done, asked), null);
    }
    if (written.refused !== "MODIFIE_ENTRETEMPS") return refusedAs(written.refused);
    seen = await read();
  }
}

const busy = () =>
  new PortError("UNAVAILABLE", "beauceron: others keep changing the same person", {
    notApplied: true,
  });
