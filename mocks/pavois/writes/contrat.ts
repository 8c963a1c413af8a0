import { changeBilling, renewInsurance } from "../../world/apply.ts";
import { pastPolicies } from "../kept.ts";
import { keyOfContract } from "../keys.ts";
import {
  addressIn,
  filesIn,
  groupOf,
  openContract,
  refuseValue,
  textOf,
  valueOf,
  type Write,
} from "./write.ts";

export const changeBillingAddress: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const billing = { recipient: textOf(request, "Destinataire"), address: addressIn(request)! };
  changeBilling(contract, billing);
  return {
    kind: "billingAddressChanges",
    contract: keyOfContract(contract),
    person: null,
    content: billing,
  };
};

/** Past policies are kept. */
export const declareInsurance: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const validity = groupOf(request, "Validite")!;
  const [from, to] = [textOf(validity, "Debut"), textOf(validity, "Fin")];
  refuseValue(to < from, "fin de validité avant le début");
  refuseValue(to < ground.directory.today, "assurance échue");
  const [certificate = null] = filesIn(request, "Attestation");
  const policy = {
    insurer: textOf(request, "Assureur"),
    policyNumber: textOf(request, "NumeroPolice"),
    holder: valueOf(request, "Assure") ?? "",
    from,
    to,
  };
  const before = contract.insurance;
  renewInsurance(contract, policy);
  const past = contract.insurance === policy ? before : policy;
  if (past) pastPolicies.add(contract, past);
  return {
    kind: "insuranceRenewals",
    contract: keyOfContract(contract),
    person: null,
    content: { ...policy, certificate },
  };
};
