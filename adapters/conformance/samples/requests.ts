import { requestCatalogues } from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { surveys, type SurveyAnswer } from "../../ports/surveys.ts";
import { Missing } from "../check.ts";
import { newCall, type Subject } from "../subject.ts";
import { isServed, ofContract, orNull, sampleOf, writingOf, type Sample } from "./sample.ts";
import { letters, newFile } from "./values.ts";

/** An ERP that takes tags away may be given signs that look like theirs. */
const plain = (text: string | null) =>
  text?.normalize("NFKC").replaceAll("‹", "<").replaceAll("›", ">").replace(/\s+/g, " ").trim();

export async function newRequest(subject: Subject): Promise<Sample> {
  return requestThatSays(subject, `Fuite d'eau sous l'évier, essai ${letters(10)}.`);
}

export async function requestThatSays(subject: Subject, description: string): Promise<Sample> {
  const { person, contract } = writingOf(subject);
  const catalogue = await ofContract(subject, requestCatalogues, contract);
  if (!catalogue) throw new Missing("the port requestCatalogues, to know what may be asked");
  const { reasons, places } = catalogue;
  const reason =
    reasons.find(({ placeNeeded }) => !placeNeeded || places.length > 0) ?? reasons[0]!;
  const payload = {
    reasonKey: reason.key,
    placeKey: reason.placeNeeded ? places[0]!.key : null,
    description,
    availabilities: [],
    contactPhone: null,
    photos: [],
  };
  return sampleOf({ person, contract }, payload, async ({ usual }) => {
    if (!isServed(usual.ports, serviceRequests)) return null;
    const asked = { contractKey: contract, first: 100, after: null, state: "ALL" } as const;
    const [page] = await usual.ports.use(serviceRequests).ofContracts([asked], newCall());
    return page!.items.filter((one) => plain(one.description) === plain(description)).length === 1;
  });
}

/** An answer to the first survey that is still open. */
export async function newSurveyAnswer(subject: Subject): Promise<Sample> {
  for (const party of writingOf(subject).surveyed ?? []) {
    const open = (await ofContract(subject, surveys, party.contract))?.find(
      ({ status }) => status === "OPEN",
    );
    if (!open) continue;
    const payload: SurveyAnswer = {
      surveyKey: open.key,
      householdStatus: open.householdStatus ?? "SINGLE",
      members: open.members.map(({ taxNoticeNeeded, taxNoticeReceived: _, ...member }) => ({
        ...member,
        occupation: member.occupation ?? "EMPLOYED",
        taxIncome: member.taxIncome ?? { amount: "12345.00", currency: "EUR" },
        taxNotice: taxNoticeNeeded ? newFile() : null,
      })),
    };
    return sampleOf(party, payload, async (now) =>
      orNull(await ofContract(now, surveys, party.contract), (found) =>
        found.some(
          ({ key, status }) => key === open.key && /^(VALIDATED|INCOMPLETE)$/.test(status),
        ),
      ),
    );
  }
  throw new Missing("writing.surveyed: one more contract with an open survey");
}
