/** What operators and the console need beyond the v3 API: users, history, charts, logs, and the try-out. */
const v1 = '/elbow/v1';

export const operatorRows = [
  ['GET', `${v1}/me`, 'ShowMe', 'user', 'reader'],
  ['PUT', `${v1}/me/password`, 'ChangeOwnPassword', 'user', 'reader'],
  ['GET', `${v1}/me/keys`, 'ListOwnKeys', 'user', 'reader'],
  ['POST', `${v1}/me/keys`, 'CreateOwnKey', 'user', 'reader'],
  ['PUT', `${v1}/me/keys/{access_key}`, 'UpdateOwnKey', 'user', 'reader'],
  ['DELETE', `${v1}/me/keys/{access_key}`, 'DeleteOwnKey', 'user', 'reader'],
  ['GET', `${v1}/users`, 'ListUsers', 'user', 'admin'],
  ['POST', `${v1}/users`, 'CreateUser', 'user', 'admin'],
  ['GET', `${v1}/users/{user_id}`, 'ShowUser', 'user', 'admin'],
  ['PUT', `${v1}/users/{user_id}`, 'UpdateUser', 'user', 'admin'],
  ['DELETE', `${v1}/users/{user_id}`, 'DeleteUser', 'user', 'admin'],
  ['GET', `${v1}/users/{user_id}/keys`, 'ListKeys', 'user', 'admin'],
  ['POST', `${v1}/users/{user_id}/keys`, 'CreateKey', 'user', 'admin'],
  ['PUT', `${v1}/users/{user_id}/keys/{access_key}`, 'UpdateKey', 'user', 'admin'],
  ['DELETE', `${v1}/users/{user_id}/keys/{access_key}`, 'DeleteKey', 'user', 'admin'],

  ['GET', `${v1}/history`, 'ListHistory', 'history', 'reader'],
  ['GET', `${v1}/metrics/series`, 'ShowMetricSeries', 'metric', 'reader'],
  ['GET', `${v1}/attention`, 'ShowAttention', 'metric', 'reader'],
  ['GET', `${v1}/access-log`, 'ListAccessLog', 'access_log', 'reader'],

  ['POST', `${v1}/certificates/inspect`, 'InspectCertificate', 'certificate', 'reader'],
  ['POST', `${v1}/plan-preview`, 'PreviewPlan', 'listener', 'reader'],
  ['POST', `${v1}/listeners/compose`, 'ComposeListener', 'listener', 'editor'],

  ['POST', `${v1}/demo/certificate`, 'CreateDemoCertificate', 'certificate', 'editor'],
  ['GET', `${v1}/demo/backends`, 'ListDemoBackends', 'demo', 'reader'],
  ['POST', `${v1}/demo/backends`, 'StartDemoBackends', 'demo', 'editor'],
  ['DELETE', `${v1}/demo/backends`, 'StopDemoBackends', 'demo', 'editor'],
] as const;

/** Answered beside the services of the v3 API. */
export type OperatorOperation = (typeof operatorRows)[number][2];

/** Calls of other methods than GET that change nothing of what is served: whoever may see may make them. */
export const harmlessOperations: readonly string[] = [
  'ChangeOwnPassword',
  'CreateOwnKey',
  'UpdateOwnKey',
  'DeleteOwnKey',
  'InspectCertificate',
  'PreviewPlan',
];
