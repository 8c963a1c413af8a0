import { beforeEach, describe, expect, it } from "vitest";
import { signedEnvelope, type Token } from "./caller.ts";
import { createSecurity, digestOf, type Security } from "./security.ts";
import { parseXml } from "../kit/xml.ts";

const noon = Date.parse("2026-11-20T12:00:00Z");
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();

describe("The UsernameToken", () => {
  let clock: Date;
  let security: Security;
  beforeEach(() => {
    clock = new Date(noon);
    security = createSecurity({ username: "portail", password: "pavois-demo", now: () => clock });
  });

  const refuse = (token: Token, change = (envelope: string) => envelope) =>
    security.refuse(parseXml(change(signedEnvelope("", { created: at(0), ...token }))).children[0])
      ?.subcode ?? "taken";

  it("is digested as OASIS says", () => {
    // Base64(SHA-1("abc" + "2026-11-20T12:00:00Z" + "secret")), by openssl.
    expect(digestOf("YWJj", "2026-11-20T12:00:00Z", "secret")).toBe("cu8g42iKWJ2WTCCy2rDoPqDSgDg=");
  });

  it("is taken once", () => {
    const token = { nonce: "cmVqb3XDqQ==" };
    expect(refuse(token)).toBe("taken");
    expect(refuse(token)).toBe("FailedAuthentication");
  });

  it("is refused a second time as long as its age would let it through", () => {
    const token = { nonce: "cmVqb3XDqQ==", created: at(5) };
    expect(refuse(token)).toBe("taken");
    clock = new Date(noon + 10 * 60_000);
    expect(refuse(token)).toBe("FailedAuthentication");
  });

  it("is refused with another password or name", () => {
    expect(refuse({ password: "pavois" })).toBe("FailedAuthentication");
    expect(refuse({ username: "admin" })).toBe("FailedAuthentication");
  });

  it.each([
    [-5, "taken"],
    [5, "taken"],
    [-5.1, "MessageExpired"],
    [5.1, "MessageExpired"],
  ])("made %d minutes from now is %s", (minutes, verdict) => {
    expect(refuse({ created: at(minutes) })).toBe(verdict);
  });

  it.each([
    [
      "the password is in clear",
      (text: string) => text.replace("#PasswordDigest", "#PasswordText"),
    ],
    ["there is no nonce", (text: string) => text.replace(/<wsse:Nonce>.*<\/wsse:Nonce>/, "")],
    ["Created has no zone", (text: string) => text.replace(/Z(<\/wsu:Created>)/, "$1")],
    [
      "there is no token",
      (text: string) => text.replace(/<wsse:UsernameToken>.*UsernameToken>/, ""),
    ],
  ])("is refused when %s", (_, change) => {
    expect(refuse({}, change)).toBe("InvalidSecurity");
  });
});
