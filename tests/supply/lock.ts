/** What `package-lock.json` has installed, and what is wrong with it. */
import { readFile } from "node:fs/promises";
import { foundLicences, freeLicences, leastVersions, restricted } from "./rules.ts";

/** As npm writes it; what is not looked at is left out. */
export interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** For some machines only. */
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export interface Lock {
  readonly lockfileVersion: number;
  /** By place: `node_modules/a/node_modules/b`; the house itself is at "". */
  readonly packages: Readonly<Record<string, Locked>>;
}
export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Packages with a script at installation: whether it may run. */
  readonly allowScripts: Readonly<Record<string, boolean>>;
}
export interface Package extends Locked {
  readonly place: string;
  readonly name: string;
}

export async function readLock(root: URL): Promise<[Lock, Manifest]> {
  const read = async (name: string) => JSON.parse(await readFile(new URL(name, root), "utf8"));
  return [await read("package-lock.json"), await read("package.json")];
}

export function packagesOf({ packages }: Lock): Package[] {
  return Object.entries(packages)
    .filter(([place]) => place !== "")
    .map(([place, locked]) => ({ ...locked, place, name: place.split("node_modules/").at(-1)! }));
}

/** A sentence for each package that does not come, unaltered, from the registry as it was chosen. */
export function originFaults(lock: Lock, manifest: Manifest): string[] {
  const faults = lock.lockfileVersion === 3 ? [] : ["package-lock.json is not of version 3"];
  for (const kind of ["dependencies", "devDependencies"] as const) {
    const chosen = manifest[kind];
    for (const [name, version] of Object.entries(chosen)) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
        faults.push(`package.json: ${name} is ${version}, which is no exact version`);
      }
      if (lock.packages[""]?.[kind]?.[name] !== version) {
        faults.push(`package-lock.json has another ${name} than package.json: run npm install`);
      }
    }
  }
  return [...faults, ...packagesOf(lock).flatMap(originFaultsOf)];
}

function originFaultsOf({ place, integrity, resolved, link, ...locked }: Package): string[] {
  const wanted = { ...locked.dependencies, ...locked.optionalDependencies };
  const elsewhere = Object.entries(wanted).filter(
    ([, from]) => /[/:]/.test(from) && !from.startsWith("npm:"),
  );
  return [
    ...(link ? [`${place} is a link to a folder`] : []),
    ...(/^sha512-[\w+/]{86}==$/.test(integrity ?? "")
      ? []
      : [`${place} has no integrity by SHA-512`]),
    ...(resolved === undefined || resolved.startsWith("https://registry.npmjs.org/")
      ? []
      : [`${place} comes from ${resolved}, not from the registry`]),
    ...elsewhere.map(
      ([name, from]) => `${place} wants ${name} from ${from}, not from the registry`,
    ),
  ];
}

/** Scripts at installation that nobody has decided on, and decisions about none. */
export function scriptFaults(lock: Lock, { allowScripts }: Manifest): string[] {
  const scripts = packagesOf(lock).filter(({ hasInstallScript }) => hasInstallScript);
  const names = new Set(scripts.map(({ name }) => name));
  return [
    ...[...names]
      .filter((name) => !Object.hasOwn(allowScripts, name))
      .map(
        (name) => `${name} runs a script at installation: decide in allowScripts of package.json`,
      ),
    ...Object.keys(allowScripts)
      .filter((name) => !names.has(name))
      .map((name) => `allowScripts of package.json names ${name}, which has no script any more`),
  ];
}

/** Packages older than what is known to be safe; `running` is Node's own version. */
export function versionFaults(lock: Lock, running: string): string[] {
  const installed = packagesOf(lock).map(({ name, version }) => ({
    name,
    version: version ?? "0",
  }));
  return [...installed, { name: "node", version: running }].flatMap(({ name, version }) => {
    const least = Object.hasOwn(leastVersions, name) ? leastVersions[name]! : null;
    if (least === null || !isOlder(version, least)) return [];
    return [`${name} ${version} is older than ${least}, the first without known flaws`];
  });
}

/** Of two versions of three numbers; what is only a draft of the other is older. */
function isOlder(version: string, than: string): boolean {
  const [numbers = "", draft] = version.split("-");
  const mine = numbers.split(".").map(Number);
  const theirs = than.split(".").map(Number);
  const at = theirs.findIndex((number, index) => number !== mine[index]);
  return at === -1 ? draft !== undefined : !((mine[at] ?? 0) > theirs[at]!);
}

/** What is installed where the house runs in production. */
export const producing = (lock: Lock): Package[] => packagesOf(lock).filter(({ dev }) => !dev);

export const licenceOf = ({ name, license }: Package): string =>
  license ?? foundLicences[name] ?? "none";

/** Packages of production under a licence that nobody has accepted. */
export function licenceFaults(lock: Lock): string[] {
  return producing(lock).flatMap((each) => {
    const licence = licenceOf(each);
    if (isFree(licence) || restricted[each.name]?.licence === licence) return [];
    return [`${each.name} is under ${licence}, which is not among the licences of rules.ts`];
  });
}

/** `A or B` leaves the choice; `A and B` holds to both. */
function isFree(licence: string): boolean {
  const choices = licence.replace(/[()]/g, "").split(/ or /i);
  return choices.some((choice) =>
    choice.split(/ and /i).every((one) => freeLicences.includes(one.trim())),
  );
}
