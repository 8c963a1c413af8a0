import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { changePayload } from "../../kernel/change-payload.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { billingAddressMessages, changeBillingAddress } from "./billing-address.ts";
import { insuranceMessages, renewInsurance } from "./insurance.ts";
import {
  addOccupant,
  changeOccupant,
  occupantMessages,
  removeOccupant,
  removeOccupantMessages,
} from "./occupants.ts";
import * as types from "./types.ts";

@Resolver()
export class BillingAddressResolver {
  @Mutation(() => types.ChangeBillingAddressPayload, {
    description:
      "Asks the landlord to send rent notices elsewhere (adresse de facturation). NOT_FOUND for a contract that is not the viewer's.",
  })
  async changeBillingAddress(
    @Arg("input", () => types.ChangeBillingAddressInput) input: types.ChangeBillingAddressInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangeBillingAddressPayload> {
    const submitted = await changeBillingAddress(context, input);
    return changePayload(context, billingAddressMessages, submitted);
  }
}

@Resolver()
export class OccupantResolver {
  @Mutation(() => types.AddOccupantPayload, {
    description:
      "Tells the landlord of somebody who lives in the dwelling (occupant). NOT_FOUND for a contract that is not the viewer's.",
  })
  async addOccupant(
    @Arg("input", () => types.AddOccupantInput) input: types.AddOccupantInput,
    @Ctx() context: RequestContext,
  ): Promise<types.AddOccupantPayload> {
    return changePayload(context, occupantMessages, await addOccupant(context, input));
  }

  @Mutation(() => types.ChangeOccupantPayload, {
    description:
      "Corrects what the landlord knows of an occupant. NOT_FOUND for an id that is not of the viewer's.",
  })
  async changeOccupant(
    @Arg("input", () => types.ChangeOccupantInput) input: types.ChangeOccupantInput,
    @Ctx() context: RequestContext,
  ): Promise<types.ChangeOccupantPayload> {
    return changePayload(context, occupantMessages, await changeOccupant(context, input));
  }

  @Mutation(() => types.RemoveOccupantPayload, {
    description:
      "Tells the landlord that an occupant has left. NOT_FOUND for an id that is not of the viewer's.",
  })
  async removeOccupant(
    @Arg("input", () => types.RemoveOccupantInput) input: types.RemoveOccupantInput,
    @Ctx() context: RequestContext,
  ): Promise<types.RemoveOccupantPayload> {
    return changePayload(context, removeOccupantMessages, await removeOccupant(context, input));
  }
}

@Resolver()
export class InsuranceResolver {
  @Mutation(() => types.RenewInsurancePayload, {
    description:
      "Gives the landlord a new home insurance with its certificate (attestation d'assurance). NOT_FOUND for a contract that is not the viewer's.",
  })
  async renewInsurance(
    @Arg("input", () => types.RenewInsuranceInput) input: types.RenewInsuranceInput,
    @Ctx() context: RequestContext,
  ): Promise<types.RenewInsurancePayload> {
    return changePayload(context, insuranceMessages, await renewInsurance(context, input));
  }
}
