/**
 * New tickets. Dolibarr numbers them without a lock, so that two at once fail; with a reference and a
 * track id of the caller's own none does, and a second one with the same track id is refused. Photos
 * go into the ticket's folder afterwards: a ticket without all of them is not done yet, and sending
 * it again adds what is missing.
 */
import type { Changes, Outcome, Submission } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import {
  serviceRequestCreations,
  type ServiceRequestCreation,
} from "../../ports/request-changes.ts";
import { neverSent } from "./answer.ts";
import { at, before, refusalError } from "./client.ts";
import { bytesOf, download, isTakeable, nameFor, upload } from "./files.ts";
import { absent, applied, asHolder, rejected, type Erp } from "./owned.ts";
import { catalogueOf } from "./requests.ts";
import { asMessage, Id } from "./values.ts";
import { Ticket, type Contract } from "./wire.ts";

type Creation = Submission<ServiceRequestCreation>;

export const requestChangePorts = (erp: Erp): Served[] => [
  serve(serviceRequestCreations, creations(erp)),
];

const creations = (erp: Erp): Changes<ServiceRequestCreation> => ({
  repeat: "KEY",
  submit: async (change, call) => {
    const { payload } = change;
    if (payload.placeKey !== null || !isHoldable(payload)) return rejected("INVALID");
    return asHolder(erp, change, call, async (held) => {
      // Dolibarr takes any type, and forgets it.
      const reading = { ...erp, client: before(erp.client) };
      const { reasons } = await catalogueOf(reading, call).catch(neverSent);
      const reason = reasons.find(({ key }) => key === payload.reasonKey);
      if (!reason) return rejected("INVALID");
      const id = await createdAs(erp, held, change, reason.label, call);
      if (typeof id !== "string") return id;
      await addPhotos(erp, change, call);
      return applied(id);
    });
  },
  lookUp: async (change, call) => {
    const there = await ticketOf(erp, change, call);
    if (!there || !(await hasPhotos(erp, change, call))) return absent;
    return applied(there.id);
  },
});

/** Sixteen bytes in hexadecimal: unique for ever, as the operation is. */
const trackOf = ({ operationId }: Creation) => operationId.replaceAll("-", "").toLowerCase();
const refOf = (change: Creation) => `TR-${trackOf(change).toUpperCase()}`;

/** Its id, also where it has been there before. */
async function createdAs(
  erp: Erp,
  held: Contract,
  change: Creation,
  subject: string,
  call: Call,
): Promise<string | Outcome> {
  const body = {
    ref: refOf(change),
    track_id: trackOf(change),
    subject,
    message: messageOf(change.payload),
    fk_soc: Number(held.socid),
    fk_contract: Number(held.id),
    type_code: change.payload.reasonKey,
    notify_tiers_at_create: 0,
  };
  const told = await erp.client.write({ method: "POST", path: "/tickets", body, shape: Id }, call);
  if ("data" in told) return told.data;
  if (told.refusal !== "KNOWN_TICKET") return rejected("INVALID");
  const there = await ticketOf(erp, change, call);
  return there?.fk_contract === held.id ? there.id : rejected("ALREADY_EXISTS");
}

async function ticketOf(erp: Erp, change: Creation, call: Call): Promise<Ticket | null> {
  const track = trackOf(change);
  const asked = { path: at`/tickets/track_id/${track}`, shape: Ticket };
  const found = await erp.client.read(asked, call);
  if (found && found.track_id !== track) {
    throw new PortError("BAD_RESPONSE", "dolibarr: another ticket came");
  }
  return found;
}

const photoName = (change: Creation, index: number) =>
  nameFor(`photo-${index + 1}`, change.payload.photos[index]!);

async function addPhotos(erp: Erp, change: Creation, call: Call): Promise<void> {
  for (const [index, photo] of change.payload.photos.entries()) {
    const bytes = await bytesOf(change, photo);
    // A reference would be a 500 for tickets: they have a folder of its name.
    const filename = photoName(change, index);
    const place = { modulepart: "ticket", ref: "", subdir: refOf(change), filename } as const;
    const kept = await upload(erp.client, place, bytes, call);
    if (kept === null) throw refusalError("dolibarr: POST /documents/upload", "MISSING");
  }
}

/** Files of tickets cannot be listed: each is asked for. */
async function hasPhotos(erp: Erp, change: Creation, call: Call): Promise<boolean> {
  for (const [index, photo] of change.payload.photos.entries()) {
    const place = `${refOf(change)}/${photoName(change, index)}`;
    const kept = await download(erp.client, "ticket", place, call);
    if (kept?.bytes.length !== photo.sizeBytes) return false;
  }
  return true;
}

function isHoldable({ description, availabilities, photos }: ServiceRequestCreation): boolean {
  return (
    description.isWellFormed() &&
    !/[^\P{Cc}\t\r\n]/u.test(description) &&
    availabilities.every(({ from, to }) => from < to) &&
    photos.every(isTakeable)
  );
}

/** The landlord's people read it: in French. */
function messageOf({ description, availabilities, contactPhone }: ServiceRequestCreation): string {
  const times = availabilities.map(
    ({ day, from, to }) => `- ${day.split("-").reverse().join("/")}, ${from} - ${to}`,
  );
  const lines = [
    description.trim(),
    ...(times.length > 0 ? ["", "Disponibilités :", ...times] : []),
    ...(contactPhone === null ? [] : ["", `Téléphone : ${contactPhone}`]),
  ];
  return asMessage(lines.join("\n"));
}
