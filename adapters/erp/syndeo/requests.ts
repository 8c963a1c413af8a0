import { serve, type Served } from "../../ports/port.ts";
import { serviceRequests, type RequestPage, type ServiceRequest } from "../../ports/requests.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { at, type Client } from "./client.ts";
import { pagesOf } from "./lists.ts";
import { serviceRequest } from "./map.ts";
import * as owned from "./owned.ts";
import { Intervention, names } from "./wire.ts";

export const requestPorts = (client: Client, timeZone: string): Served[] => [
  serve(serviceRequests, {
    ofContracts: pagesOf<ServiceRequest, RequestPage>(async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Interventions`, shape: Intervention };
      const { data } = await owned.listOf(client, owned.contract(key), asked, call);
      return data.map((one) => serviceRequest(one, timeZone));
    }, isInState),
    byKeys: (keys, call) =>
      eachOnce(keys, JSON.stringify, async ({ contractKey, key }) => {
        if (!names.request.test(key)) return null;
        const path = at`/Api/Interventions/${key}`;
        const found = await client.read({ path, shape: Intervention }, call);
        if (found?.data.Contrat !== contractKey) return null;
        if (found.data.Id !== key) throw owned.notAskedFor();
        return serviceRequest(found.data, timeZone);
      }),
  }),
];

const isInState = ({ status }: ServiceRequest, { state }: RequestPage) =>
  state === "ALL" || ["DONE", "CANCELLED"].includes(status) === (state === "CLOSED");
