/** What an ERP that misbehaves comes out as: by the closed table of errors, with nothing secret. */
import { PortError, type ErrorCode } from "../../ports/errors.ts";
import { fail, Missing, pass, saysError, that, type Check, type Finding } from "../check.ts";
import type { FaultKind } from "../lever.ts";
import type { Subject } from "../subject.ts";
import { errorOf, leverOf, patient, questionOf, short, withConnection } from "./asking.ts";

interface FaultRow {
  readonly fault: FaultKind;
  readonly codes: readonly ErrorCode[];
  readonly title: string;
  readonly hint: string;
}

const unusable = "Check status, content type and shape before anything is read from an answer.";
const rows: readonly FaultRow[] = [
  {
    fault: "hang",
    codes: ["TIMEOUT"],
    title: "An ERP that does not answer",
    hint: "Hand `call.signal` to the transport.",
  },
  {
    fault: "drip",
    codes: ["TIMEOUT"],
    title: "An ERP that answers byte by byte",
    hint: "A time-out between two bytes is not enough: hand `call.signal` to the transport.",
  },
  {
    fault: "cut-before",
    codes: ["UNAVAILABLE", "BAD_RESPONSE"],
    title: "A connection that is cut before an answer",
    hint: "Map errors of the socket, too.",
  },
  {
    fault: "cut-middle",
    codes: ["UNAVAILABLE", "BAD_RESPONSE"],
    title: "A connection that is cut in the middle of an answer",
    hint: "Half an answer is none: compare the length, refuse XML and JSON that do not end.",
  },
  { fault: "garbage", codes: ["BAD_RESPONSE"], title: "Random bytes", hint: unusable },
  {
    fault: "html",
    codes: ["BAD_RESPONSE", "UNAVAILABLE"],
    title: "A login page with 200",
    hint: unusable,
  },
  {
    fault: "html-202",
    codes: ["UNAVAILABLE", "BAD_RESPONSE"],
    title: "An error page with 202",
    hint: unusable,
  },
  { fault: "empty", codes: ["BAD_RESPONSE"], title: "200 with nothing", hint: unusable },
  {
    fault: "fault",
    codes: ["UNAVAILABLE"],
    title: "The product's own technical fault",
    hint: "Tell a technical fault (try again) from one about what was asked.",
  },
  {
    fault: "closed",
    codes: ["UNAVAILABLE"],
    title: "The page of a product that is closed for the night",
    hint: "Know the product's page or code for it, and say UNAVAILABLE.",
  },
  {
    fault: "refuse",
    codes: ["UNAVAILABLE"],
    title: "A port that is closed",
    hint: "Map errors of the socket, too.",
  },
  {
    fault: "huge",
    codes: ["BAD_RESPONSE"],
    title: "An answer without end",
    hint: "Read under a limit of bytes.",
  },
  {
    fault: "redirect",
    codes: ["BAD_RESPONSE"],
    title: "A redirect to another host",
    hint: "Follow no redirect: credentials go with it.",
  },
  {
    fault: "bomb",
    codes: ["BAD_RESPONSE"],
    title: "A small answer that unpacks to a gigabyte",
    hint: "Count the bytes as they are unpacked, and stop.",
  },
];

const classified = async (subject: Subject, { fault, codes }: FaultRow): Promise<Finding> =>
  withConnection(subject, codes[0] === "TIMEOUT" ? short : patient(subject), async (connection) => {
    await leverOf(subject).misbehave(fault);
    const error = await errorOf(connection, questionOf(subject));
    const code = error instanceof PortError ? error.code : null;
    const came = error === null ? "an answer" : saysError(error);
    return that(code !== null && codes.includes(code), codes.join(" or "), came);
  });

const faultChecks: readonly Check[] = rows.map((row): Check => ({
  id: `faults/${row.fault}`,
  level: "MUST",
  ports: [],
  title: `${row.title} is ${row.codes.join(" or ")}`,
  hint: row.hint,
  kind: "wire",
  run: (subject) => classified(subject, row),
}));

const nothingApplied = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, patient(subject), async ({ raw }) => {
    await leverOf(subject).misbehave("refuse");
    const error = await errorOf({ ports: raw }, questionOf(subject));
    return that(
      error instanceof PortError && error.notApplied,
      "an error that says that nothing was applied",
      error === null ? "an answer" : "one that does not say so",
    );
  });

const recovers = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, patient(subject), async (connection) => {
    for (const fault of ["cut-middle", "html", "refuse"] as const) {
      await leverOf(subject).misbehave(fault);
      await errorOf(connection, questionOf(subject));
      await leverOf(subject).behave();
      const error = await errorOf(connection, questionOf(subject));
      if (error) return fail(`an answer, once ${fault} is over`, saysError(error));
    }
    return pass;
  });

/** The error and all that it was made of. */
function chainOf(error: unknown): string {
  const texts: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) {
    texts.push(one.message, JSON.stringify(Object.values(one)), one.stack ?? "");
  }
  return texts.join("\n");
}

async function errorsOf(subject: Subject): Promise<{ errors: unknown[]; logged: string }> {
  return withConnection(subject, patient(subject), async (connection) => {
    const errors: unknown[] = [];
    for (const fault of ["fault", "html", "garbage", "cut-middle", "closed", "refuse"] as const) {
      await leverOf(subject).misbehave(fault);
      errors.push(await errorOf(connection, questionOf(subject)));
      await leverOf(subject).behave();
    }
    return { errors, logged: connection.logged.join("\n") };
  });
}

const noSecret = async (subject: Subject): Promise<Finding> => {
  if (subject.secrets.length === 0) throw new Missing("settings that are secret");
  const { errors, logged } = await errorsOf(subject);
  const text = [logged, ...errors.map(chainOf)].join("\n");
  const forms = subject.secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
  ]);
  const found = forms.filter((form) => text.includes(form)).length;
  return that(found === 0, "no secret in an error, its causes or the log", `${found} forms of one`);
};

const nothingPersonal = async (subject: Subject): Promise<Finding> => {
  const { errors, logged } = await errorsOf(subject);
  const names = (subject.material.names ?? []).map(({ surname }) => surname);
  const keys = questionOf(subject).keys.map((key) =>
    typeof key === "string" ? key : (key as { contractKey: string }).contractKey,
  );
  const messages = errors.map((error) => (error instanceof Error ? error.message : ""));
  const text = [logged, ...messages].join("\n");
  // A shorter one may stand in any text.
  const telling = [...names, ...keys].filter((one) => one.length > 3);
  const found = telling.filter((one) => text.includes(one)).length;
  return that(found === 0, "no name and no key in a message or the log", `${found} of them`);
};

const onlyPortErrors = async (subject: Subject): Promise<Finding> => {
  const question = questionOf(subject);
  return withConnection(subject, patient(subject), async ({ raw }) => {
    for (const fault of ["fault", "html", "garbage", "empty", "cut-before", "refuse"] as const) {
      await leverOf(subject).misbehave(fault);
      const error = await errorOf({ ports: raw }, question);
      if (!(error instanceof PortError))
        return fail(
          "a PortError out of the adapter itself",
          error ? saysError(error) : "an answer",
        );
      await leverOf(subject).behave();
    }
    return pass;
  });
};

const common = { level: "MUST", ports: [], kind: "wire" } as const;

export const wireFaultChecks: readonly Check[] = [
  ...faultChecks,
  {
    ...common,
    id: "faults/refuse-not-applied",
    title: "Where no connection was made, it is certain that nothing was applied",
    hint: "Set `notApplied` for refused connections, DNS and TLS.",
    run: nothingApplied,
  },
  {
    ...common,
    id: "faults/recovery",
    title: "Once the ERP is well again, so is the adapter",
    hint: "Throw broken connections, half sessions and cached failures away.",
    run: recovers,
  },
  {
    ...common,
    id: "faults/port-errors",
    title: "Nothing but PortError comes out of the adapter",
    hint: "Whatever else escapes becomes INTERNAL, a defect on our side.",
    run: onlyPortErrors,
  },
  {
    ...common,
    id: "faults/no-secret",
    title: "No secret in an error or in the log",
    hint: "Errors of HTTP clients carry the request with its headers: keep their message only.",
    run: noSecret,
  },
  {
    ...common,
    id: "faults/nothing-personal",
    title: "No name and no key in a message or in the log",
    hint: "What the ERP said goes into `cause`; a message names the operation and the place.",
    run: nothingPersonal,
  },
];
