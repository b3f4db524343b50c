import { buildNativeEngine } from '../packages/tls/native/build.mjs';

/** Before any test: the native TLS engine as it is in the tree. Where it cannot be built, the tests that need it fail. */
export function setup() {
  const { reason } = buildNativeEngine();
  if (reason !== null) console.error(`elbow: native TLS engine not built: ${reason}`);
}
