import type { NativeBinding, NativeIdentityHandle } from './native-binding.ts';
import type { ServerIdentity } from './server-identity.ts';

/** A certificate that the addon has read; contexts that have it keep it in memory. */
export interface LoadedIdentity {
  readonly handle: NativeIdentityHandle;
}

/**
 * The certificates of one thread, each read once for all listeners that have it: fifty of them take 3 ms, and a thousand
 * listeners may have the same fifty. One that no context has any more is forgotten.
 */
export class NativeIdentities {
  private readonly binding: NativeBinding;
  private readonly known = new Map<string, WeakRef<LoadedIdentity>>();
  private readonly forgotten = new FinalizationRegistry<string>((key) => {
    if (this.known.get(key)?.deref() === undefined) this.known.delete(key);
  });

  constructor(binding: NativeBinding) {
    this.binding = binding;
  }

  get size(): number {
    return this.known.size;
  }

  /** @throws when OpenSSL cannot read it, or the key belongs to another certificate */
  load(identity: ServerIdentity): LoadedIdentity {
    const key = JSON.stringify([identity.id, identity.version]);
    const before = this.known.get(key)?.deref();
    if (before !== undefined) return before;
    const loaded = { handle: this.binding.createIdentity({ id: identity.id, ...identity.open() }) };
    this.known.set(key, new WeakRef(loaded));
    this.forgotten.register(loaded, key);
    return loaded;
  }
}
