/** What a landlord's forms allow at most, its ERP has room for: nobody is refused for it afterwards. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { longest } from "../subgraphs/kernel/form-rules.ts";
import { asked, changeAt } from "./support/changes.ts";
import { operation, type Client } from "./support/client.ts";
import { door, signedInAs, startTestDemo, type OddityName } from "./support/demo.ts";
import { sendUpload } from "./support/uploads.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo?.stop());

/** As long as can be, with what old columns count wrongly. */
const full = (length: number) => `Élodie ${"é".repeat(length)}`.slice(0, length);

const addressOf = (maxLines: number) => ({
  lines: Array.from({ length: maxLines }, () => full(longest.addressLine)),
  postalCode: "17000",
  city: full(longest.city),
});

const abroad = { postalCode: "SW1A 1AA", countryCode: "GB" };
const email = `${"a".repeat(60)}@${"b".repeat(longest.email - 69)}.example`;
const phones = ["+33199001234", "+442079460018", "+33261910001"];

const values: Readonly<Record<string, unknown>> = {
  title: "MR",
  surname: full(longest.surname),
  givenName: full(longest.givenName),
  email,
};

interface Rules {
  readonly capabilities: readonly string[];
  readonly changeablePersonFields: readonly string[];
  readonly maxPhones: number;
  readonly addressRules: { readonly maxLines: number; readonly foreign: boolean };
}

/** Everything that somebody may ask at once: operation and input. */
async function widest(front: Client, rules: Rules): Promise<[string, object][]> {
  const { changeablePersonFields, maxPhones, addressRules, capabilities } = rules;
  const { data } = await front("{ viewer { person { id } contracts { nodes { id } } } }");
  const personId = data.viewer.person.id as string;
  const [{ id: contractId }] = data.viewer.contracts.nodes as [{ id: string }];
  const address = addressOf(addressRules.maxLines);
  const fields = { ...values, phones: phones.slice(0, maxPhones), address };
  const changed = Object.entries(fields).filter(([name]) => changeablePersonFields.includes(name));
  const person = { personId, ...Object.fromEntries(changed) };
  const serves = (capability: string, ...asking: [string, () => object | Promise<object>][]) =>
    capabilities.includes(capability) ? asking : [];
  const forms = [
    ...serves("PERSON_CHANGES", ["F14-change-personal-data", () => person]),
    ...(addressRules.foreign
      ? serves("PERSON_CHANGES", [
          "F14-change-personal-data",
          () => ({ personId, address: { ...address, ...abroad } }),
        ])
      : []),
    ...serves("PROFESSIONAL_SITUATION_CHANGES", [
      "F14-change-professional-situation",
      () => ({ personId, label: full(longest.situation), employer: full(longest.employer) }),
    ]),
    ...serves("OCCUPANT_CHANGES", [
      "F15-add-occupant",
      () => ({
        contractId,
        occupant: {
          surname: full(longest.surname),
          givenName: full(longest.givenName),
          relationship: full(longest.relationship),
        },
      }),
    ]),
    ...serves("BILLING_ADDRESS_CHANGES", [
      "F16-change-billing-address",
      () => ({ contractId, recipient: full(longest.recipient), address }),
    ]),
    ...serves("INSURANCE_RENEWALS", [
      "F17-renew-insurance",
      async () => ({
        contractId,
        insurer: full(longest.insurer),
        policyNumber: full(longest.policyNumber),
        holder: full(longest.insured),
        validFrom: "2026-12-01",
        validTo: "2027-11-30",
        certificateUploadId: (await sendUpload(front, "INSURANCE_CERTIFICATE")).id,
      }),
    ]),
  ];
  return Promise.all(forms.map(async ([name, input]) => [name, await input()]));
}

const somebody: readonly (readonly [landlord: string, oddity: OddityName])[] = [
  ["la-rochelle", "everything"],
  ["chartres", "everything"],
  ["ivry", "everything"],
  ["aubervilliers", "everything"],
  ["immo-paris", "coOwner"],
];

describe.each(somebody)("at %s", (landlord, oddity) => {
  test("the ERP takes all that its forms allow", async () => {
    const front = await signedInAs(demo, landlord, oddity);
    const { data } = await front(operation("B01-landlord"));
    const forms = await widest(front, data.landlord);
    expect(forms.length).toBeGreaterThan(0);
    const changes = await Promise.all(
      forms.map(async ([name, input]) => ({ name, change: await asked(front, name, input) })),
    );
    for (const { change } of changes)
      await changeAt(front, change.id, "SENT", "APPLIED", "REJECTED");
    if (landlord === "ivry") await door(demo, landlord).night();
    for (const { name, change } of changes) {
      const { status, reason } = await changeAt(front, change.id, "APPLIED", "REJECTED");
      expect({ name, status, reason }).toEqual({ name, status: "APPLIED", reason: null });
    }
  });
});
