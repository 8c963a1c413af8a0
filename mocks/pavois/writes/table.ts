/** Which function takes which change, and what Pavois remembers of it. */
import type { Writes } from "../../kit/writes.ts";
import { BusinessError, type Reply } from "../answers/answer.ts";
import { el } from "../format.ts";
import type { Journal } from "../journal.ts";
import { writeMessages, type WriteOperation } from "../messages-writes.ts";
import type { PavoisRequest } from "../messages.ts";
import { bookCardPayment, changeAccount, changeDay, stopDebit, subscribeDebit } from "./compte.ts";
import { changeBillingAddress, declareInsurance } from "./contrat.ts";
import { createRequest } from "./demandes.ts";
import { answerSurvey } from "./enquetes.ts";
import { changeSituation, changeTenant } from "./locataire.ts";
import { addOne, changeOne, removeOne } from "./occupants.ts";
import { codes, textOf, type Ground, type Write } from "./write.ts";

const table: Record<WriteOperation, Write> = {
  ModifierLocataire: changeTenant,
  ModifierSituationProfessionnelle: changeSituation,
  DeclarerOccupant: addOne,
  ModifierOccupant: changeOne,
  RetirerOccupant: removeOne,
  ModifierAdresseFacturation: changeBillingAddress,
  DeclarerAssurance: declareInsurance,
  EnregistrerReglementCarte: bookCardPayment,
  ModifierCoordonneesBancaires: changeAccount,
  SouscrirePrelevement: subscribeDebit,
  ModifierJourPrelevement: changeDay,
  ResilierPrelevement: stopDebit,
  CreerDemande: createRequest,
  RepondreEnquete: answerSurvey,
};

export const isWrite = (operation: string): operation is WriteOperation =>
  operation in writeMessages;

/** Where a change leaves its traces. */
export interface Traces {
  journal: Journal;
  writes: Writes;
}

/** Applies a change or refuses it with BusinessError; both are remembered by the reference. */
export function applyChange(
  operation: WriteOperation,
  request: PavoisRequest,
  ground: Ground,
  { journal, writes }: Traces,
): Reply {
  const reference = textOf(request, "ReferenceExterne");
  if (operation === "EnregistrerReglementCarte" && journal.applied(reference)) {
    throw new BusinessError(codes.knownReference, `Référence déjà enregistrée : ${reference}`);
  }
  const handled = { reference, operation, at: ground.now().toISOString() };
  try {
    const { object = null, ...done } = table[operation](request, ground);
    journal.keep({ ...handled, refusedWith: null, object });
    writes.applied({ ...done, reference });
    return { xml: el("com:NumeroObjet", object ?? undefined) };
  } catch (error) {
    if (error instanceof BusinessError) {
      journal.keep({ ...handled, refusedWith: error.code, object: null });
    }
    throw error;
  }
}
