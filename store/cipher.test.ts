import { describe, expect, it } from "vitest";
import { createCipher, SealError } from "./cipher.ts";

const secret = (byte: number) => new Uint8Array(32).fill(byte);

describe("cipher", () => {
  it("opens what it sealed, which never looks the same twice", () => {
    const cipher = createCipher(secret(1));
    const [one, two] = [cipher.seal("mail", "été 🏠"), cipher.seal("mail", "été 🏠")];
    expect(one).not.toBe(two);
    expect([cipher.open("mail", one), cipher.open("mail", two)]).toEqual(["été 🏠", "été 🏠"]);
    expect(cipher.open("mail", cipher.seal("mail", ""))).toBe("");
  });

  it("opens nothing in another context, nor with any part changed", () => {
    const cipher = createCipher(secret(1));
    const sealed = cipher.seal("mail", "text");
    expect(() => cipher.open("link", sealed)).toThrow(SealError);
    const parts = sealed.split(".");
    for (const index of parts.keys()) {
      const changed = parts.map((part, at) =>
        at === index ? (part.startsWith("A") ? "B" : "A") + part.slice(1) : part,
      );
      expect(() => cipher.open("mail", changed.join("."))).toThrow(SealError);
    }
    for (const cut of ["", "1", sealed.slice(0, -3), parts.slice(0, 3).join(".")]) {
      expect(() => cipher.open("mail", cut)).toThrow(SealError);
    }
  });

  it("seals with its own secret, and opens what former ones sealed", () => {
    const old = createCipher(secret(1));
    const both = createCipher(secret(2), [secret(1)]);
    expect(both.open("mail", old.seal("mail", "text"))).toBe("text");
    expect(() => old.open("mail", both.seal("mail", "text"))).toThrow(/not given/);
  });

  it("makes fingerprints that depend on context and secret", () => {
    const cipher = createCipher(secret(1));
    const of = cipher.fingerprint("link", "a@example.org");
    expect(cipher.fingerprint("link", "a@example.org")).toBe(of);
    expect(cipher.fingerprint("throttle", "a@example.org")).not.toBe(of);
    expect(createCipher(secret(2)).fingerprint("link", "a@example.org")).not.toBe(of);
  });

  it("refuses a short secret", () => {
    expect(() => createCipher(new Uint8Array(31))).toThrow(/32 bytes/);
  });
});
