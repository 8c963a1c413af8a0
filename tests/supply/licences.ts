/** `docs/licences.md`: what the house is made of in production, by licence. */
import { licenceOf, producing, type Lock } from "./lock.ts";
import { restricted } from "./rules.ts";

export function licencesPage(lock: Lock): string {
  const byLicence = Map.groupBy(producing(lock), licenceOf);
  const sections = [...byLicence]
    .toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([licence, packages]) => {
      const lines = new Set(packages.map(({ name, version }) => `- ${name} ${version}`));
      const kept = packages.find(({ name }) => restricted[name]?.licence === licence);
      const notice = kept
        ? `Restricted: ${restricted[kept.name]!.reason}. See the README.\n\n`
        : "";
      return `## ${licence}\n\n${notice}${[...lines].toSorted().join("\n")}\n`;
    });
  return [
    "# Licences\n",
    "Of each package that is installed in production. Written by `npm run supply -- --write` from the lock file.\n",
    ...sections,
  ].join("\n");
}
