/**
 * Who may import whom. A room that is not listed may not exist; a neighbour that is not listed may not be imported.
 * Changes to this table move a wall of the house and need an ADR.
 */
export const neighbours: Readonly<Record<string, readonly string[]>> = {
  model: [],
  api: ['model'],
  plan: [],
  compiler: ['model', 'plan'],
  wire: [],
  traffic: ['plan', 'wire'],
  secrets: [],
  store: ['model'],
  tls: ['plan', 'secrets'],
  proxy: ['plan', 'secrets', 'tls', 'traffic', 'wire'],
  health: ['plan', 'wire'],
  node: ['health', 'model', 'plan', 'proxy', 'secrets', 'tls'],
  'control-plane': ['api', 'compiler', 'model', 'plan', 'secrets', 'store', 'traffic'],
  testkit: [],
  console: ['api', 'model'],
  elbow: ['api', 'compiler', 'control-plane', 'model', 'node', 'plan', 'secrets', 'store', 'traffic'],
};

/** Rooms without clock, disk, network, environment and randomness: what they need of those is handed to them. */
export const pureRooms: readonly string[] = ['model', 'api', 'plan', 'compiler', 'traffic', 'wire'];

/** Globals that would make a pure room depend on where and when it runs. */
export const impureGlobals =
  /\bnew Date\(\s*\)|\b(?:Date\.now|Math\.random|performance\.now|crypto\.(?:subtle|random\w+|getRandomValues)|setTimeout|setInterval|setImmediate|queueMicrotask)\b|(?<!\.)\bfetch\(|\bprocess\.(?:env|argv|cwd|hrtime|nextTick|pid|platform|exit|on)\b/;

/** Names that say nothing about what is inside. */
export const emptyNames = /(?:^|[-./])(?:utils?|helpers?|common|misc|managers?|types)\.ts$/;

/** What tests may import on top of their room's neighbours. */
export const testTools: readonly string[] = ['vitest', 'fast-check', '@elbow/testkit'];
