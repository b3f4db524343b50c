import { type Operation, type Route, routes } from '../routes.ts';
import { answerSchemas } from '../openapi/answer-schemas.ts';
import { answerOf } from '../openapi/answers.ts';
import { fieldsShape } from '../openapi/body-shape.ts';
import { table } from '../openapi/reference-page.ts';
import { requestBodies } from '../openapi/request-bodies.ts';
import type { Shape } from '../openapi/shape-of.ts';
import { valueText } from '../openapi/type-text.ts';
import { notSupportedYet, oneLegalValue, withoutEffect } from '../schema/fixed.ts';
import { callNotes, fieldNotes, head, topics } from './compatibility-notes.ts';
import { type PublishedCall, publishedCalls } from './published-calls.ts';
import { publishedFields, type PublishedResource } from './published-fields.ts';

type OwnRoute = Route & { readonly operation: Operation };

/** What of the published API this version has: the published lists beside what the code really reads and answers. */
export function compatibilityPage(): string {
  const parts = [
    head,
    '## Everywhere',
    table(['Topic', 'Here', 'Notes'], topics),
    '## Calls',
    callIntroduction(),
    ...publishedCalls.map(({ title, calls }) => `### ${title}\n\n${callTable(calls)}`),
    '### Calls of our own',
    ownCalls(),
    '## Fields',
    fieldIntroduction,
    ...Object.keys(publishedFields).map((name) => fieldSection(name as PublishedResource)),
  ];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

const fieldIntroduction = `**Create** and **Update** say what a body may hold: \`required\`, \`yes\`, the values that are accepted, \`ignored\`, or \`–\` for a
field that is refused. \`not yet\` is a field of which only a value that asks for nothing is accepted. **Answer** says whether
answers show the field.`;

function callIntroduction(): string {
  const calls = publishedCalls.flatMap((group) => group.calls);
  const answered = calls.filter((call) => statusOf(call) === 'yes').length;
  const refused = calls.filter((call) => statusOf(call) === 'refused').length;
  return (
    `${calls.length} published calls: ${answered} do what they are for, ${refused} answer why they are not done here, ` +
    `${calls.length - answered - refused} do not exist.`
  );
}

function routeOf({ method, path }: PublishedCall): OwnRoute | undefined {
  return routes.find((route) => route.method === method && withoutNames(route.path) === withoutNames(path));
}

/** Names of parameters are ours to choose. */
function withoutNames(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}');
}

export function statusOf(call: PublishedCall): 'yes' | 'refused' | 'no' {
  const route = routeOf(call);
  if (route === undefined) return 'no';
  return answerOf(route.operation, route.method) === null ? 'refused' : 'yes';
}

function callTable(calls: readonly PublishedCall[]): string {
  const rows = calls.map((call) => {
    const operation = routeOf(call)?.operation;
    return [
      `\`${call.method} ${call.path}\``,
      statusOf(call),
      operation === undefined ? '' : noteOf(operation),
    ];
  });
  return table(['Call', 'Here', 'Notes'], rows);
}

function noteOf(operation: Operation): string {
  return callNotes[operation] ?? '';
}

function ownCalls(): string {
  const published = new Set(
    publishedCalls.flatMap(({ calls }) => calls.map(({ method, path }) => `${method} ${withoutNames(path)}`)),
  );
  const own = routes.filter(({ method, path }) => !published.has(`${method} ${withoutNames(path)}`));
  return table(
    ['Call', 'Notes'],
    own.map(({ method, path, operation }) => [`\`${method} ${path}\``, noteOf(operation)]),
  );
}

const titles: Readonly<Record<PublishedResource, string>> = {
  LoadBalancer: 'Load balancer',
  Listener: 'Listener',
  Pool: 'Pool',
  Member: 'Member',
  HealthMonitor: 'Health monitor',
  L7Policy: 'L7 policy',
  L7Rule: 'L7 rule',
  Certificate: 'Certificate',
  IpGroup: 'IP group',
  SecurityPolicy: 'Security policy',
  LogTank: 'Log tank',
};

/** The noun in names of operations, where it is another than that of the schema. */
const nouns: Readonly<Partial<Record<PublishedResource, string>>> = { LogTank: 'Logtank' };

function fieldSection(name: PublishedResource): string {
  const noun = nouns[name] ?? name;
  const create = fieldsOf(`Create${noun}` as Operation);
  const update = fieldsOf(`Update${noun}` as Operation);
  const answer = answerSchemas[name]?.properties ?? {};
  const published = publishedFields[name].split(' ');
  const ours = [create, update].flatMap((shape) => Object.keys(shape.properties ?? {}));
  const more = [...new Set([...ours, ...Object.keys(answer)])].filter((field) => !published.includes(field));
  const rows = [...published, ...more].map((field) => [
    `\`${field}\`${more.includes(field) ? ' (ours)' : ''}`,
    acceptance(create, field),
    acceptance(update, field),
    field in answer ? 'yes' : '–',
    fieldNotes[name]?.[field] ?? '',
  ]);
  return `### ${titles[name]}\n\n${table(['Field', 'Create', 'Update', 'Answer', 'Notes'], rows)}`;
}

function fieldsOf(operation: Operation): Shape {
  const body = requestBodies[operation];
  return body === undefined ? {} : fieldsShape(body.schema);
}

function acceptance(shape: Shape, field: string): string {
  const own = shape.properties?.[field];
  if (own === undefined) return '–';
  if (own['description'] === notSupportedYet) return 'not yet';
  if (own['description'] === withoutEffect) return 'ignored';
  if (own['description'] === oneLegalValue)
    return (own['enum'] as readonly unknown[]).map(valueText).join(', ');
  return shape.required?.includes(field) === true ? 'required' : 'yes';
}
