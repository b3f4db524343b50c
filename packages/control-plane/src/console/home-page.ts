/** Stands at `/` while the console is not built. No script and no outside resource: it works under the strictest policy. */
export function homePage(version: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Elbow</title><meta name="viewport" content="width=device-width"></head>
<body>
<h1>Elbow ${escape(version)}</h1>
<p>The load balancer is running. Its web console is not built yet: run <code>npm run build:console</code> in the source
and start the daemon again (<code>npm run up</code> does both).</p>
<ul>
<li><a href="/versions">API versions</a></li>
<li><a href="/healthz">Is the control plane alive?</a></li>
<li><a href="/readyz">Does every worker serve the newest configuration?</a></li>
</ul>
<p>Credentials are in <code>credentials.json</code> in the data directory.
The API is described in <code>docs/api-compatibility.md</code> of the source.</p>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
