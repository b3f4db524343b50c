import { type Route, routes } from '../routes.ts';
import type { Operation } from '../routes.ts';
import { answerSchemas } from './answer-schemas.ts';
import { answerOf } from './answers.ts';
import { bodyShape } from './body-shape.ts';
import { type QueryParameter, queryOf } from './queries.ts';
import { requestBodies } from './request-bodies.ts';
import { type Shape, shapeOf } from './shape-of.ts';
import { summaryOf } from './summary.ts';

type OwnRoute = Route & { readonly operation: Operation };
type Json = Readonly<Record<string, unknown>>;

/** The API as an OpenAPI 3.1 document, made of the route table and of the schemas that requests are read with. */
export function openApiDocument(version: string) {
  return {
    openapi: '3.1.0',
    info: { title: 'Elbow', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ signature: [] }, { token: [] }, { session: [] }],
    tags: [...new Set(routes.map(({ resource }) => resource))].map((name) => ({ name })),
    paths: pathItems(),
    components: {
      schemas: { ...answerSchemas, Error: errorShape },
      securitySchemes,
      responses: { Error: errorAnswer },
    },
  };
}

const description =
  'Load balancers, listeners and what is below them. Every answer has its id in X-Request-Id; answers to writes say ' +
  'in X-Elbow-Live after how many milliseconds every worker served the change, or pending.';

const errorShape = shapeOf([{ error_code: 'ELB.8902', error_msg: 'text', request_id: 'id' }]);

const errorAnswer = {
  description: 'A refusal: the code says of which kind, the message what is wrong and where.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

const securitySchemes = {
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…, with the time in X-Sdk-Date',
  },
  token: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Auth-Token',
    description: 'A token of POST /v3/auth/tokens, from its X-Subject-Token header',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'elbow_session',
    description:
      'For browsers, from POST /elbow/v1/session; __Host-elbow_session over TLS. What changes something needs X-Elbow-Console too',
  },
} as const;

function pathItems(): Readonly<Record<string, Json>> {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  return Object.fromEntries(
    [...byPath].map(([path, own]) => [
      path,
      Object.fromEntries(own.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
}

function operationOf(route: OwnRoute): Json {
  const { operation, path, resource, role } = route;
  const body = requestBodies[operation];
  const parameters = [
    ...pathParameters(path),
    ...queryOf(operation).map(queryParameter),
    ...(isVersioned(operation) && route.method !== 'GET' ? [ifMatch] : []),
  ];
  return {
    operationId: operation,
    summary: summaryOf(operation),
    tags: [resource],
    ...(role === null ? { security: [] } : { 'x-elbow-role': role }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: bodyShape(body) } } } }),
    responses: responsesOf(route),
  };
}

/** The five calls that every resource of the v3 API has: reads give a version, changes may be tied to one. */
function isVersioned(operation: Operation): boolean {
  return versioned.test(operation);
}

const versioned =
  /^(Show|Update|Delete)(LoadBalancer|Listener|Pool|Member|HealthMonitor|Certificate|SecurityPolicy|IpGroup|L7Policy|L7Rule)$/;

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of the version that the change starts from; 412 when the object has changed since',
  schema: { type: 'string' },
};

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameter({ name, isRepeatable, schema }: QueryParameter) {
  return {
    name,
    in: 'query',
    schema: isRepeatable ? { type: 'array', items: schema } : schema,
    ...(isRepeatable ? { style: 'form', explode: true } : {}),
  };
}

function responsesOf({ operation, method }: OwnRoute): Json {
  const error = { $ref: '#/components/responses/Error' };
  const answer = answerOf(operation, method);
  if (answer === null) return { default: error };
  const tag = isVersioned(operation) && method === 'GET' ? { ETag: { schema: { type: 'string' } } } : {};
  const headers = { 'X-Request-Id': { schema: { type: 'string' } }, ...tag };
  const content =
    answer.body === null ? {} : { content: { 'application/json': { schema: withRequestId(answer.body) } } };
  return { [answer.status]: { description: 'Done', headers, ...content }, default: error };
}

function withRequestId(shape: Shape): Shape {
  return { ...shape, properties: { ...shape.properties, request_id: { type: 'string' } } };
}
