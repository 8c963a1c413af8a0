import { buildingsIn } from "./buildings.ts";
import type { Area } from "./places.ts";
import { randomFor, streams } from "./random.ts";
import type { WorldAddress, WorldBuilding } from "./types.ts";

/** Who lives where. */
export interface Homes {
  buildings: WorldBuilding[];
  /** The dwelling of the person with this number; no two of the first `people` share one. */
  of(person: number): WorldAddress;
  /**
   * A dwelling with a street line of 38 characters, the most that fits on an envelope: in the last
   * building, where none of the others is.
   */
  longest: WorldAddress;
  /** The number of the building that stands there. Throws where none does. */
  buildingAt(address: WorldAddress): number;
}

interface Flat {
  building: WorldBuilding;
  door: number;
}

/** A prime, so that steps of it meet every flat once before they come round. */
const stride = 7919;

/** Buildings enough for so many people, and a flat for each. */
export function homesIn(area: Area, people: number, today: string, seed: number): Homes {
  const buildings = buildingsIn(area, people, today, seed);
  const flats = buildings.slice(0, -1).flatMap(flatsOf);
  const byStreet = new Map(buildings.map(({ address, number }) => [streetOf(address), number]));
  const addressOf = (person: number) => {
    const flat = flats[(person * stride) % flats.length]!;
    const named = randomFor(seed, streams.home, person).chance(40);
    return named ? withDoor(flat) : flat.building.address;
  };
  return {
    buildings,
    of: addressOf,
    longest: withDoor({ building: buildings.at(-1)!, door: 12 }),
    buildingAt: (address) => {
      const number = byStreet.get(streetOf(address));
      if (number === undefined) throw new Error(`no building at ${streetOf(address)}`);
      return number;
    },
  };
}

const flatsOf = (building: WorldBuilding): Flat[] =>
  Array.from({ length: building.units! }, (_, i) => ({ building, door: i + 1 }));

const streetOf = ({ lines, postalCode, city }: WorldAddress) =>
  `${lines.at(-1)} ${postalCode} ${city}`;

function withDoor({ building, door }: Flat): WorldAddress {
  const { name, address, units } = building;
  const letter = "ABC"[Math.floor(((door - 1) / units!) * 3)];
  return { ...address, lines: [`${name}, bât. ${letter}, appt ${door}`, ...address.lines] };
}
