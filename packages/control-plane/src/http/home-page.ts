/** Stands at `/` until the console does. No script and no outside resource: the page works under the strictest policy. */
export function homePage(version: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Elbow</title><meta name="viewport" content="width=device-width"></head>
<body>
<h1>Elbow ${escape(version)}</h1>
<p>The load balancer is running. The web console comes with a later release; until then use the API.</p>
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
