/** Rooms whose sentences reach the people in front of the console. */
export const rooms: readonly string[] = [
  'packages/model/src',
  'packages/api/src',
  'packages/control-plane/src',
  'packages/compiler/src',
  'packages/health/src',
  'packages/traffic/src',
  'packages/node/src',
];

/** Files that speak to tests, to documents, to logs or to machines only. */
export const silentFiles =
  /\.test\.ts$|\/testing\/|\/openapi\/|\/compatibility\/|\/metrics\/|\/console\/home-page|\/reconcile\/(?:node-link|reconcile-loop)|\/history\/history-recorder|\/monitoring\/monitor\.ts|\/control-plane\.ts$|\/auth\/(?:account|prepare-account)\.ts$|\/traffic\/src\/status-page|packages\/node\/src\/(?!port-probe|one-off|plan-holder|names\/(?!name-disk))/;

/** In files that speak to people: words for logs, documents and names, and frames whose contents are translated. */
export const neverShown: ReadonlySet<string> = new Set([
  'invalid input for field {}: {}',
  // Of bodies, for the documents.
  'not supported yet: a value that asks for nothing is accepted',
  'one legal value',
  'accepted without effect',
  // Names of objects, and what stands in the place of a password.
  'nobody has this password',
  'Elbow admin {}',
  'demo backend {}',
  'Demo backend {} answers.',
  'try-out {}',
  // Logged.
  'a request failed because of a bug',
  'a load balancer cannot be compiled',
  'not ready',
  'this unit of work was only tried',
  'no authorities',
  // Values in the history, which the console shows as they are.
  '{} entries',
  '{}… ({} characters)',
  // Lines of a transcript: commands and addresses in the form of a protocol.
  'calling {} of {}',
  'status {}',
  'sending {} {} HTTP/1.1 with Host: {}',
  'connecting to {}',
  'not made: {}',
  'TLS handshake finished: {}, {}',
  'TLS handshake finished: {}, {}{}',
  ', certificate verified',
  '{} stands for {}',
  // Parts; the sentences around them have a shape for the whole.
  'certificate {}',
  'certificate {} {}',
  'ipgroup {}',
  'security policy {}',
  '{} {} for {}',
  '{} took the connection but did not answer {} {}',
]);
