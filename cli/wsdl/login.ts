/** How the ERP is told who we are: by what the WSDL's policy says, else HTTP Basic where it is wanted. */
import type { GeneratedSetting } from "../scaffold/generated.ts";
import type { Import } from "../scaffold/imports.ts";
import type { WsdlDocument } from "../../adapters/transport/wsdl/load.ts";
import type { XmlNode } from "../../adapters/transport/wsdl/xml.ts";

export interface Login {
  readonly settings: readonly GeneratedSetting[];
  readonly optional: boolean;
  readonly imports: readonly Import[];
  /** Behind the other options of `createSoapClient`. */
  readonly option: string;
  /** Functions that the option calls. */
  readonly code: string;
  readonly left: readonly string[];
  /** Whether files come beside the message. */
  readonly attached: boolean;
}

export function loginOf(documents: readonly WsdlDocument[]): Login {
  const policies = new Set(documents.flatMap(({ root }) => policiesIn(root)));
  const has = (...names: string[]) => names.some((name) => policies.has(name));
  const unknown = ["X509Token", "SamlToken", "IssuedToken", "KerberosToken", "SignedParts"].filter(
    (name) => policies.has(name),
  );
  const shared = {
    left: unknown.map(
      (name) => `The policy asks for ${name}, which is not written: ask whether the ERP insists.`,
    ),
    attached: has("OptimizedMimeSerialization", "expectedContentTypes"),
  };
  if (has("UsernameToken")) {
    const digest = has("HashPassword");
    return {
      ...shared,
      settings: credentials("WS-Security", false),
      optional: false,
      imports: [],
      option: `, security: { username: settings.username, password: settings.password, digest: ${digest} }`,
      code: "",
    };
  }
  const optional = !has("HttpBasicAuthentication", "BasicAuthentication");
  return {
    ...shared,
    settings: credentials("HTTP Basic", optional),
    optional,
    imports: [],
    option: ", headers: basic(settings)",
    code: optional ? optionalBasic : basic,
  };
}

/** Local names of what stands in policies, and of attributes that say how files come. */
function policiesIn(node: XmlNode): string[] {
  const own = /\/(policy|ws-policy|ws-securitypolicy|ws-sx|optimizedmimeserialization)/i.test(
    node.uri,
  )
    ? [node.local]
    : [];
  const files =
    node.attributes["expectedContentTypes"] === undefined ? [] : ["expectedContentTypes"];
  return [...own, ...files, ...node.children.flatMap(policiesIn)];
}

function credentials(how: string, optional: boolean): GeneratedSetting[] {
  const schema = `z.string().min(1)${optional ? ".optional()" : ""}`;
  const where = optional ? `${how}, where the ERP asks for it.` : `${how}.`;
  return [
    { name: "username", schema, about: `For ${where}`, secret: false, example: "portail" },
    {
      name: "password",
      schema,
      about: `For ${where}`,
      secret: true,
      example: "{ env: ERP_PASSWORD }",
    },
  ];
}

const basic = `
function basic({ username, password }: Settings): Record<string, string> {
  const credentials = Buffer.from(\`\${username}:\${password}\`).toString("base64");
  return { authorization: \`Basic \${credentials}\` };
}
`;

const optionalBasic = `
function basic({ username, password }: Settings): Record<string, string> {
  if (username === undefined || password === undefined) return {};
  const credentials = Buffer.from(\`\${username}:\${password}\`).toString("base64");
  return { authorization: \`Basic \${credentials}\` };
}
`;
