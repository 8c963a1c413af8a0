/**
 * People's own data: name, e-mail and phones are those of the contact, the address is the third
 * party's. Two calls where both change: what stands there tells whether both are done.
 */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Changes } from "../../ports/changes.ts";
import { personChanges, type PersonChange } from "../../ports/identity-changes.ts";
import { serve, type Served } from "../../ports/port.ts";
import type { Address } from "../../ports/values.ts";
import { phoneOf } from "../../transport/phone.ts";
import { at, before, type Write } from "./client.ts";
import { thirdPartyOf } from "./identity.ts";
import { person } from "./map.ts";
import { absent, applied, fits, holder, rejected, tidy, type Erp } from "./owned.ts";
import { Id } from "./values.ts";

export const identityChangePorts = (erp: Erp): Served[] => [serve(personChanges, changes(erp))];

const changes = (erp: Erp): Changes<PersonChange> => ({
  repeat: "COMPARE",
  submit: async ({ personKey, payload }, call) => {
    if (!isHoldable(payload)) return rejected("INVALID");
    const who = await holder({ ...erp, client: before(erp.client) }, personKey, call);
    if (!who) return rejected("UNKNOWN_THING");
    for (const write of writesFor(payload, who.id, who.socid)) {
      const told = await erp.client.write(write, call);
      if ("refusal" in told) {
        return rejected(told.refusal === "MISSING" ? "UNKNOWN_THING" : "INVALID");
      }
    }
    return applied();
  },
  lookUp: async ({ personKey, payload }, call) => {
    const who = await holder(erp, personKey, call);
    if (!who) return absent;
    const there = person(who, await thirdPartyOf(erp, who.socid, call), erp.settings.timeZone);
    return isDeepStrictEqual({ ...there, ...trimmed(payload) }, there) ? applied() : absent;
  },
});

const Written = z.object({ id: Id });

function writesFor(
  { title, surname, givenName, email, phones, address }: PersonChange,
  contactId: string,
  socid: string,
): Write<unknown>[] {
  const ofContact = {
    ...(title !== undefined && { civility_code: title === "MR" ? "MR" : "MME" }),
    ...(surname !== undefined && { lastname: tidy(surname) }),
    ...(givenName !== undefined && { firstname: tidy(givenName) }),
    ...(email !== undefined && { email }),
    ...(phones !== undefined && {
      phone_mobile: phones[0] ?? "",
      phone_perso: phones[1] ?? "",
      phone_pro: phones[2] ?? "",
    }),
  };
  const contact = { path: at`/contacts/${contactId}`, body: ofContact };
  const ofThirdParty = address && {
    address: street(address),
    zip: address.postalCode,
    town: tidy(address.city),
  };
  const thirdParty = ofThirdParty && { path: at`/thirdparties/${socid}`, body: ofThirdParty };
  return [
    ...(Object.keys(ofContact).length > 0 ? [contact] : []),
    ...(thirdParty ? [thirdParty] : []),
  ].map((write) => ({ method: "PUT" as const, shape: Written, ...write }));
}

const street = ({ lines }: Address) => lines.map(tidy).join("\n");

/** As it stands there afterwards. */
function trimmed({ surname, givenName, phones, address, ...others }: PersonChange): PersonChange {
  return {
    ...others,
    ...(surname !== undefined && { surname: tidy(surname) }),
    ...(givenName !== undefined && { givenName: tidy(givenName) }),
    ...(phones !== undefined && { phones: [...new Set(phones)] }),
    ...(address !== undefined && {
      address: { ...address, lines: address.lines.map(tidy), city: tidy(address.city) },
    }),
  };
}

function isHoldable({ surname, givenName, email, phones = [], address }: PersonChange): boolean {
  return (
    [surname, givenName].every((name) => name === undefined || fits(name, 50)) &&
    (email === undefined || fits(email, 120)) &&
    phones.every((phone) => phoneOf(phone) === phone) &&
    (address === undefined || isAddress(address))
  );
}

/** Countries have numbers there that no answer tells: the address stays in the one it is in. */
const isAddress = ({ lines, postalCode, city, country }: Address): boolean =>
  country === "FR" &&
  lines.every((line) => fits(line, 80)) &&
  street({ lines, postalCode, city, country }).length <= 255 &&
  /^\d{5}$/.test(postalCode) &&
  fits(city, 50);
