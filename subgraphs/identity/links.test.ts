import { expect, it } from "vitest";
import { exampleLandlord } from "./fixtures/landlord.ts";
import { linkAddress } from "./links.ts";

const publicUrl = "https://gateway.example";

it("leads to the gateway's own page where the landlord names no portal", () => {
  expect(linkAddress({ landlord: exampleLandlord(), publicUrl }, "confirm", "a-b_c")).toBe(
    "https://gateway.example/links/confirm?landlord=beau-sejour&token=a-b_c",
  );
});

it("leads to the landlord's portal where there is one", () => {
  const landlord = exampleLandlord({ portalUrl: "https://portail.example/espace/" });
  expect(linkAddress({ landlord, publicUrl }, "reset", "a-b_c")).toBe(
    "https://portail.example/espace/reset?token=a-b_c",
  );
});
