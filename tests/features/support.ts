/** B09: one of the landlord's people looks at somebody's space, and the person sees that. */
import { operation, signIn } from "../support/client.ts";
import { run, type Portal } from "./portal.ts";
import { same } from "./same.ts";

export async function supportView(portal: Portal): Promise<string> {
  const { demo, landlord, front, everybody } = portal;
  const staff = demo.accounts.find((one) => one.landlord === landlord && one.role === "staff")!;
  const desk = await signIn(front, staff.email, staff.password);
  const [who] = await everybody();
  const { email } = who!.account;
  const reason = "Appel de la personne : solde incompris";
  const { beginSupportView } = await run(desk, "B09-begin-support-view", { email, reason });
  const view = front.as(beginSupportView.accessToken as string);
  const [seen, own] = [await run(view, "F12-home"), await run(who!.front, "F12-home")];
  same("the home page in the view", seen, own);
  const { viewer } = await run(view, "B09-support-banner");
  const { id } = viewer.supportView;
  same(
    "who looks, and why",
    [viewer.supportView.staff, viewer.supportView.reason],
    [staff.email, reason],
  );
  const refused = await view(operation("F06-sign-out"));
  same("what is changed", refused.errors?.[0]?.extensions.code, "FORBIDDEN");
  const { endSupportView } = await run(view, "B09-end-support-view");
  same("whether it was ended", endSupportView.ended, true);
  const listed = await run(who!.front, "B09-support-views");
  same("what the person sees", listed.viewer.supportViews.nodes[0]?.id, id);
  const audit = await run(desk, "B09-support-acts", { viewId: id });
  const kinds = audit.support.acts.nodes.map(({ kind }: { kind: string }) => kind);
  same("what was written down", kinds, [
    "END_SUPPORT_VIEW",
    "VIEW_REFUSED",
    "VIEW_QUERY",
    "VIEW_QUERY",
    "BEGIN_SUPPORT_VIEW",
  ]);
  return `seen as the person does, ${kinds.length} acts written down, nothing changed`;
}
