/** The functions in `createClient` that make its methods, as text. */

/** With an answer; with its SOAP headers too; with a file that is read as it comes. */
export type Maker = "ask" | "exchange" | "open";

/** How SOAP headers are taken and handed on, where there are any. */
interface Headers {
  readonly taken: string;
  readonly given: string;
}

export function makersText(
  needed: ReadonlySet<Maker>,
  { attached, headers }: { readonly attached: boolean; readonly headers: boolean },
): string {
  const texts = { ask, exchange, open: attached ? openAttached : openInline };
  const taken = headers ? ", headers: object = {}" : "";
  const given = headers ? ", { ...headers }" : "";
  const makers: readonly Maker[] = ["ask", "exchange", "open"];
  return makers
    .filter((maker) => needed.has(maker))
    .map((maker) => texts[maker]({ taken, given }))
    .join("");
}

const ask = ({ taken, given }: Headers): string => `  const ask =
    <T extends z.ZodType>(operation: string, shape: T) =>
    async (request: object, call: Call${taken}): Promise<z.infer<T>> => {
      const answer = await soap
        .call(operation, { ...request }, call${given})
        .catch(refusing(operation));
      return readRecord(shape, answer, operation);
    };
`;

const exchange = ({ taken, given }: Headers): string => `  const exchange =
    <T extends z.ZodType, H extends z.ZodType>(operation: string, shape: T, shapeOfHeaders: H) =>
    async (request: object, call: Call${taken}) => {
      const came = await soap
        .exchange(operation, { ...request }, call${given})
        .catch(refusing(operation));
      return {
        answer: readRecord(shape, came.answer, operation),
        headers: readRecord(shapeOfHeaders, came.headers, \`\${operation}: headers\`),
      };
    };
`;

const openInline = ({ taken, given }: Headers): string => `  const open =
    <T extends z.ZodType>(operation: string, shape: T, element: string) =>
    async (request: object, call: Call${taken}) => {
      const { answer, file } = await soap
        .openInline(operation, { ...request }, element, call${given})
        .catch(refusing(operation));
      try {
        return { answer: readRecord(shape, answer, operation), file };
      } catch (error) {
        await file?.[Symbol.asyncIterator]().return?.();
        throw error;
      }
    };
`;

const openAttached = ({ taken, given }: Headers): string => `  const open =
    <T extends z.ZodType>(operation: string, shape: T) =>
    async (request: object, call: Call${taken}) => {
      const { answer, attachment } = await soap
        .open(operation, { ...request }, call${given})
        .catch(refusing(operation));
      const file = attachment?.body ?? null;
      try {
        return { answer: readRecord(shape, answer, operation), file };
      } catch (error) {
        await file?.[Symbol.asyncIterator]().return?.();
        throw error;
      }
    };
`;
