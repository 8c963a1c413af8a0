/** Many at once who ask for what is allowed, and costs most. */
import { asking, told, type Attack, type Target } from "./attack.ts";
import { send, type Answer } from "./send.ts";

const fine = new Set([200, 429, 503]);

const money = "debit { amount } credit { amount } period { from to }";
export const costly = `{ viewer { contracts(first: 10) { nodes { id entries(first: 50) { nodes { id label ${money} } } } } } }`;

export const crowdAttacks: readonly Attack[] = [
  crowd("50 of the costliest queries at once", 50, () => costly),
  crowd(
    "300 sign-ins at once",
    300,
    (i) =>
      `mutation { signIn(input: { email: "nobody${i}@example.org", password: "wrong-${i}" }) { session { expiresAt } userErrors { code } } }`,
  ),
  crowd("1,000 cheap queries at once", 1_000, (i) => `{ landlord { id name } } # ${i}`),
];

/** Each is served, or told when to come back. */
function crowd(name: string, howMany: number, textOf: (i: number) => string): Attack {
  const run = async (target: Target) => {
    const answers: readonly Answer[] = await Promise.all(
      Array.from({ length: howMany }, (_, i) =>
        send(target.url, asking(target, { query: textOf(i) })),
      ),
    );
    const strange = answers.filter(({ status }) => !fine.has(status));
    const mute = answers.filter(
      ({ status, headers }) => (status === 503 || status === 429) && !headers["retry-after"],
    );
    return {
      answers,
      faults: [
        ...(strange.length > 0
          ? [
              `${strange.length} neither served nor told when: ${strange[0]!.status} ${strange[0]!.text.slice(0, 80)}`,
            ]
          : []),
        ...(mute.length > 0 ? [`${mute.length} were not told when to come back`] : []),
        ...answers.flatMap(told),
      ],
    };
  };
  return { name, ways: ["open", "given"], soon: false, run };
}
