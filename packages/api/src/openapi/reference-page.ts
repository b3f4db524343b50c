import { type Operation, type Resource, type Route, routes } from '../routes.ts';
import { answerOf } from './answers.ts';
import { bodyShape } from './body-shape.ts';
import { fieldRows } from './field-rows.ts';
import { type QueryParameter, queryOf } from './queries.ts';
import { requestBodies } from './request-bodies.ts';
import { summaryOf } from './summary.ts';

type OwnRoute = Route & { readonly operation: Operation };

const head = `# API reference

<!-- Made from the route table and the schemas of requests by \`npm run golden\`; changes by hand are lost. -->

Every call of this version. The same is at \`/openapi.json\` of a running control plane, as OpenAPI 3.1. What differs from
the published API is in [API compatibility](../api-compatibility.md).

Requests are signed (\`Authorization: SDK-HMAC-SHA256 …\`) or carry \`X-Auth-Token\`. Bodies are JSON; a field that is not
named here is refused. Lists take \`limit\`, \`marker\` and \`page_reverse\` where they have pages. A refusal is
\`{"error_code", "error_msg", "request_id"}\`; every answer has its id in \`X-Request-Id\`.
`;

const titles: Readonly<Partial<Record<Resource, string>>> = {
  loadbalancer: 'Load balancers',
  listener: 'Listeners',
  pool: 'Pools',
  member: 'Members',
  healthmonitor: 'Health monitors',
  certificate: 'Certificates',
  security_policy: 'Security policies',
  ipgroup: 'IP groups',
  l7policy: 'L7 policies and rules',
  job: 'Jobs',
  logtank: 'Log tanks',
  recycle_bin: 'Recycle bin',
  feature: 'Features',
  catalog: 'Catalog',
  identity: 'Tokens',
  installation: 'Installation',
};

/** The API for people: one section per resource, made from what the code reads and answers with. */
export function referencePage(): string {
  const sections = [...Map.groupBy(routes, ({ resource }) => resource)].map(([resource, own]) =>
    section(titles[resource] ?? titleOf(resource), own),
  );
  return `${[head.trimEnd(), ...sections].join('\n\n')}\n`;
}

function titleOf(resource: string): string {
  const text = resource.replaceAll('_', ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function section(title: string, own: readonly OwnRoute[]): string {
  const calls = table(
    ['Call', 'Does', 'Role', 'Answers'],
    own.map((route) => [
      `\`${route.method} ${shortPath(route.path)}\``,
      summaryOf(route.operation),
      route.role ?? 'anybody',
      answerText(route),
    ]),
  );
  const details = own.flatMap((route) => [queryText(route), bodyText(route)]).filter((text) => text !== '');
  return [`## ${title}\n\n${calls}`, ...details].join('\n');
}

/** \`E\` is what most paths begin with. */
function shortPath(path: string): string {
  return path.replace('/v3/{project_id}/elb/', '…/elb/');
}

function answerText({ operation, method }: OwnRoute): string {
  const answer = answerOf(operation, method);
  return answer === null ? 'why it is not done here' : String(answer.status);
}

function queryText({ operation, method, path }: OwnRoute): string {
  const names = queryOf(operation).map(parameterText);
  if (names.length === 0) return '';
  return `\nQuery of \`${method} ${shortPath(path)}\`: ${names.join(', ')}.`;
}

function parameterText({ name, choices }: QueryParameter): string {
  const own = choices?.map((choice) => `\`${choice}\``).join(', ');
  return own === undefined ? `\`${name}\`` : `\`${name}\` (by ${own})`;
}

function bodyText({ operation, method, path }: OwnRoute): string {
  const body = requestBodies[operation];
  if (body === undefined) return '';
  const rows = fieldRows(bodyShape(body)).map(({ path: field, type, isRequired, byDefault, note }) => [
    `\`${field}\``,
    type,
    isRequired ? 'required' : byDefault,
    note,
  ]);
  const heading = `\n### ${summaryOf(operation)}\n\nBody of \`${method} ${shortPath(path)}\`\n`;
  return `${heading}\n${table(['Field', 'Value', 'Default', 'Notes'], rows)}`;
}

export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `| ${cells.map(escaped).join(' | ')} |`);
  return [`| ${columns.join(' | ')} |`, `|${columns.map(() => '---').join('|')}|`, ...lines].join('\n');
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
