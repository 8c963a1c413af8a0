/** What the wire can do wrong, by the id of the check. */
import { faults } from "../../lever.ts";
import type { Mistake } from "../index.ts";
import type { WireMistakes } from "../wire.ts";

const wire = (mistakes: WireMistakes): Mistake => ({ wire: mistakes });

const misnamed = Object.fromEntries(
  faults.map((fault) => [`faults/${fault}`, wire({ misnames: fault })]),
);

export const wireMistakes: Readonly<Record<string, Mistake>> = {
  ...misnamed,
  // Silent ones end by a signal: whoever does not hear it never ends them.
  "faults/hang": wire({ impatient: true }),
  "faults/drip": wire({ impatient: true }),
  "faults/refuse-not-applied": wire({ unsure: true }),
  "faults/recovery": wire({ staysBroken: true }),
  "faults/port-errors": wire({ plain: true }),
  "faults/no-secret": wire({ tells: "secret" }),
  "faults/nothing-personal": wire({ tells: "keys" }),
  "limits/concurrency": wire({ unlimited: true }),
  "limits/batch": wire({ splits: true }),
  "limits/deadline": wire({ deaf: true }),
  "limits/given-up": wire({ deaf: true }),
  "limits/places": wire({ keepsPlaces: true }),
  "limits/economy": wire({ wasteful: true }),
};
