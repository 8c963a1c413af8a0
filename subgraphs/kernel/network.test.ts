import { expect, test } from "vitest";
import { networkOf } from "./network.ts";

test("addresses of one network of IPv6 are one", () => {
  expect(networkOf("192.0.2.1")).toBe("192.0.2.1");
  expect(networkOf("::ffff:192.0.2.1")).toBe("192.0.2.1");
  const one = ["2001:db8::1", "2001:0db8:0:0:ffff::2", "2001:DB8:0:0:1:2:3:4", "2001:db8::1%eth0"];
  expect(new Set(one.map(networkOf))).toEqual(new Set(["2001:db8:0:0"]));
  expect(networkOf("2001:db8:0:1::1")).toBe("2001:db8:0:1");
  expect(networkOf("::1")).toBe("0:0:0:0");
  expect(networkOf(undefined), "of a client that has left").toBe("");
});

test("D-08 the port that a proxy writes behind an address makes no other of it", () => {
  expect(networkOf("192.0.2.1:4711")).toBe("192.0.2.1");
  expect(networkOf("[2001:db8::1]:4711")).toBe("2001:db8:0:0");
  expect(networkOf("[2001:db8::1]")).toBe("2001:db8:0:0");
});
