import { expect, test } from "vitest";
import { startPage } from "./start-page.ts";

const link = {
  title: "Explorer",
  url: "http://127.0.0.1:4000/explorer?a=1&b=2",
  what: "Try queries",
};
const account = {
  landlord: "la-rochelle",
  email: "camille@example.org",
  password: "Demo-12-!",
  role: "tenant",
  oddity: "two surnames",
};

test("links everything that it is given", () => {
  const page = startPage([link, { ...link, title: "Mail box", url: "http://127.0.0.1:4110/" }], []);
  expect(page).toContain('href="http://127.0.0.1:4000/explorer?a=1&amp;b=2"');
  expect(page).toContain('href="http://127.0.0.1:4110/"');
  expect(page).toContain("Try queries");
});

test("shows each account with all that one needs to sign in", () => {
  const page = startPage([], [account]);
  for (const text of Object.values(account)) expect(page).toContain(text);
});

test("shows no empty table where nobody can sign in", () => {
  expect(startPage([link], [])).not.toContain("<table");
});

test("shows markup in texts as text", () => {
  const evil = `<img src=x onerror="alert('1')">`;
  const page = startPage(
    [{ title: evil, url: `"${evil}`, what: evil }],
    [{ landlord: evil, email: evil, password: evil, role: evil, oddity: evil }],
  );
  expect(page).not.toContain("<img");
  expect(page).not.toContain('""');
  expect(page.match(/&lt;img/g)).toHaveLength(9);
});

test("runs no script and loads nothing", () => {
  const page = startPage([link], [account]);
  expect(page).not.toMatch(/<script|\son\w+=|@import|url\(|<img|src=/);
});
