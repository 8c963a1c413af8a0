/** What an adapter begins with whose ERP has no description: a client for JSON over HTTP. */
import type { Generated, GeneratedSetting } from "./generated.ts";
import { importLines } from "./imports.ts";

export const timeZoneSetting: GeneratedSetting = {
  name: "timeZone",
  schema: 'z.string().refine(isTimeZone, "expected an IANA time zone, like Europe/Paris")',
  about: "In which the ERP's clocks stand.",
  secret: false,
  example: "Europe/Paris",
};

export const emptyAdapter = (product: string): Generated => ({
  files: [{ path: "client.ts", text: clientText(product) }],
  settings: [
    {
      name: "baseUrl",
      schema: "z.url({ protocol: /^https?$/ })",
      about: "Where the ERP answers.",
      secret: false,
      example: "https://erp.example.org/api",
    },
    timeZoneSetting,
  ],
  operations: [
    {
      name: "GET",
      about: "Any path; the answer is held against a shape that you write in a `wire.ts`.",
      call: "client.get(`/contracts/${encodeURIComponent(key)}`, {}, Contract, call)",
    },
  ],
  left: [],
  description: null,
});

const imports = [
  { names: ["type z"], from: "zod" },
  { names: ["type Io"], from: "../../ports/adapter.ts" },
  { names: ["type Call"], from: "../../ports/port.ts" },
  { names: ["pathForLogs"], from: "../../transport/address.ts" },
  { names: ["readRecord"], from: "../../transport/read-record.ts" },
  { names: ["createRestClient", "type RestOptions"], from: "../../transport/rest.ts" },
];

const clientText = (
  product: string,
) => `/** ${product} over REST: each answer held against its shape. */
${importLines(imports)}

export interface Settings {
  readonly baseUrl: string;
  /** In which the ERP's clocks stand. */
  readonly timeZone: string;
}

export interface Client {
  readonly timeZone: string;
  /**
   * What \`shape\` makes of the answer. Throws PortError as \`RestClient\` says, and BAD_RESPONSE where
   * the answer does not fit. Keys in a path are escaped by the caller (\`encodeURIComponent\`).
   */
  get<T extends z.ZodType>(
    path: string,
    options: RestOptions,
    shape: T,
    call: Call,
  ): Promise<z.infer<T>>;
  close(): Promise<void>;
}

export function createClient({ baseUrl, timeZone }: Settings, io: Io): Client {
  const rest = createRestClient(io, { baseUrl });
  return {
    timeZone,
    get: async (path, options, shape, call) => {
      const { data } = await rest.get(path, options, call);
      return readRecord(shape, data, \`GET \${pathForLogs(path)}\`);
    },
    close: () => rest.close(),
  };
}
`;
