import { configElementId, type ExplorerConfig } from "./config.ts";

/** The Explorer's page. Scripts and styles come from `script` and `style`; nothing runs inline. */
export function renderPage(config: ExplorerConfig, script: string, style: string): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Explorer – trousseau</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
<div id="explorer"><p>Chargement… <span lang="en">(Loading…)</span></p></div>
<noscript>L'Explorer demande JavaScript. <span lang="en">(It needs JavaScript.)</span></noscript>
<script type="application/json" id="${configElementId}">${jsonForHtml(config)}</script>
<script src="${escapeHtml(script)}" defer></script>
</body>
</html>
`;
}

/**
 * What the page may do. Scripts, requests and workers only of this host. Monaco, the editor, writes
 * `<style>` elements and `style` attributes as it runs (hence 'unsafe-inline' for styles, never for
 * scripts), has its icon font and GraphiQL its fonts inside the style sheet (`font-src data:`),
 * draws its squiggles from images inside the style sheet (`img-src data:`), and works in web
 * workers (`worker-src`).
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** JSON that no text inside can break out of a script element. */
function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
