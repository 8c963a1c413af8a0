/** Documents and variables that cost more to look at, or to execute, than to write. */
import { createHash } from "node:crypto";
import { asking, everyWay, orCut, refusals, told, type Attack, type Target } from "./attack.ts";
import { send, type Answer } from "./send.ts";

const times = (n: number, make: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => make(i)).join(" ");
const doubled = (n: number) =>
  `{ ...A0 } ${times(n, (i) => `fragment A${i} on Query { ...A${i + 1} ...A${i + 1} }`)} fragment A${n} on Query { landlord { id } }`;
const deep = (n: number) => `${"{ landlord ".repeat(n)}{ id }${"}".repeat(n)}`;
const brackets = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;
const signIn = 'signIn(input: { email: "a@example.org", password: "x" }) { userErrors { code } }';
const withVariable = "query($x: String) { landlord { id } }";

const documents = (name: string, ...texts: readonly string[]) =>
  refusals(name, (target) => texts.map((query) => asking(target, { query })));
const bodies = (name: string, ...all: readonly unknown[]) =>
  refusals(name, (target) => all.map((body) => asking(target, body)));

/** Pages of everything within pages of everything. */
const pages = `{ viewer { contracts(first: 50) { nodes { ${[
  "entries",
  "rentReceipts",
  "rentNotices",
]
  .map(
    (list) =>
      `${list}(first: 50) { nodes { id ${list === "entries" ? "debit { amount }" : "period { from }"} } }`,
  )
  .join(" ")} } } } }`;
const types = (n: number) =>
  `{ __schema { types { ${"fields { type { ".repeat(n)} name ${"} } ".repeat(n)} } } }`;

export const documentAttacks: readonly Attack[] = [
  documents("fragments doubled 12 to 28 times", ...[12, 16, 20, 24, 28].map(doubled)),
  documents(
    "pages within pages",
    pages,
    "{ viewer { contracts(first: 50) { nodes { surveys { members { id taxIncome { amount } } } entries(first: 50) { nodes { debit { amount } } } } } } }",
  ),
  documents("selections 50, 500, 5,000 deep", ...[50, 500, 5_000].map(deep)),
  documents("5,000 aliases", `{ ${times(5_000, (i) => `a${i}: landlord { id }`)} }`),
  documents("100 aliases", `{ ${times(100, (i) => `a${i}: landlord { id }`)} }`),
  documents("5,000 directives", `{ landlord ${"@a ".repeat(5_000)}{ id } }`),
  documents(
    "100 directives",
    `{ landlord { ${times(100, (i) => `a${i}: id @skip(if: false)`)} } }`,
  ),
  documents(
    "1,500 overlapping inline fragments",
    `{ landlord { ${"... { id } ".repeat(1_500)} } }`,
    `{ landlord { ${"... { id } ".repeat(500)} } }`,
  ),
  documents("2,000 fields of one name", `{ landlord { ${"id ".repeat(2_000)} } }`),
  documents("a literal list 20,000 deep", `{ landlord(x: ${brackets(20_000)}) { id } }`),
  bodies(
    "variables and extensions 20,000 deep",
    ...["variables", "extensions"].map(
      (part) => `{"query":"${withVariable}","${part}":{"x":${brackets(20_000)}}}`,
    ),
  ),
  bodies("20,000 variables", {
    query: withVariable,
    variables: { x: Array.from({ length: 20_000 }, () => 1) },
  }),
  refusals("letters with thousands of marks", (target) => {
    const heap = `a${"\u0301\u0323".repeat(60_000)}`;
    return [
      asking(target, { query: withVariable, variables: { x: heap } }),
      asking(target, {
        query: `mutation { ${signIn.replace("a@", `${heap.slice(0, 15_000)}@`)} }`,
      }),
    ];
  }),
  documents("200 KB of text", `{ landlord { id } } # ${"a".repeat(200_000)}`),
  refusals(
    "5 MB of text, and of variables",
    (target) => [
      asking(target, { query: `{ landlord { id } } # ${"a".repeat(5_000_000)}` }),
      asking(target, { query: withVariable, variables: { x: "a".repeat(5_000_000) } }),
    ],
    orCut,
  ),
  documents("100,000 tokens", "{".repeat(100_000), `{ landlord { ${"a ".repeat(100_000)} } }`),
  documents(
    "fragments that hold themselves",
    "{ ...A } fragment A on Query { ...A }",
    "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }",
  ),
  documents("introspection", "{ __schema { types { name } } }", ...[3, 6, 20].map(types)),
  bodies(
    "batches",
    [{ query: "{ landlord { id } }" }],
    Array.from({ length: 500 }, () => ({ query: `mutation { ${signIn} }` })),
    [],
  ),
  documents(
    "6, 50 and 500 sign-ins in one mutation",
    ...[6, 50, 500].map((n) => `mutation { ${times(n, (i) => `a${i}: ${signIn}`)} }`),
  ),
  bodies(
    "what is no operation",
    null,
    1,
    '"text"',
    {},
    { query: 1 },
    { query: ["{ landlord { id } }"] },
    { query: "{ landlord { id } }", variables: "no JSON" },
    { query: "{ landlord { id } }", operationName: { a: 1 } },
    { query: "subscription { landlord { id } }" },
    { query: "type A { a: Int }" },
  ),
  bodies(
    "names of operations",
    { query: "{ landlord { id } }", operationName: "a" },
    { query: "query A { landlord { id } } query B { landlord { id } }" },
    ...["a", "a.", "cannot represent "].map((text) => ({
      query: "{ landlord { id } }",
      operationName: text.repeat(200_000 / text.length),
    })),
  ),
  documents("aliases that objects have a use for", "{ __proto__: landlord { id } }"),
  typos(),
  manyHashes("10,000 registrations of operations", 10_000),
  manyHashes("200 registrations of operations", 200),
];

/** Of fields, types, arguments and values, none brings a hint at the right one. */
function typos(): Attack {
  const wrong = [
    "{ landlor { id } }",
    "{ landlord { nam } }",
    "{ landlord { id } } fragment A on Landlor { id }",
    "{ landlord(i: 1) { id } }",
    'mutation { signIn(input: { emai: "a", password: "x" }) { userErrors { code } } }',
    "query($input: SignInInpu!) { landlord { id } }",
  ];
  return documents("typos", ...wrong);
}

/** As clients of Apollo register what they ask: nobody may, so nothing of it is kept. */
function manyHashes(name: string, howMany: number): Attack {
  const run = async (target: Target) => {
    const answers: Answer[] = [];
    let next = 0;
    const register = async () => {
      while (next < howMany) {
        next += 1;
        const query = `{ landlord { id } } # ${next}`;
        const sha256Hash = createHash("sha256").update(query).digest("hex");
        const extensions = { persistedQuery: { version: 1, sha256Hash } };
        const answer = await send(target.url, asking(target, { query, extensions }));
        answers.push(answer);
      }
    };
    await Promise.all(Array.from({ length: 10 }, register));
    const taken = answers.filter(({ text }) => /"data":\{/.test(text)).length;
    const faults = taken > 0 ? [`${taken} were taken`] : [];
    return { answers, faults: [...faults, ...answers.flatMap(told)] };
  };
  return { name, ways: everyWay, soon: howMany < 1_000, run };
}
