import type { NativeBinding, NativeContextHandle } from './native-binding.ts';
import { nativeContextOptions, type NativeSettings } from './native-context.ts';
import type { LoadedIdentity, NativeIdentities } from './native-identities.ts';

/** A set of TLS settings of the native engine. */
export interface NativeContext {
  /** The first encrypts from now on, all decrypt. */
  setTicketKeys(keys: readonly Uint8Array[]): void;
}

/** Settings of a listener, of which OpenSSL's part may be made later, when the first client comes. */
export class LoadedContext implements NativeContext {
  private readonly binding: NativeBinding;
  /** Keeps what is in the handle in the book of certificates. */
  private readonly identities: ReadonlyMap<string, LoadedIdentity>;
  /** Null once they have been used. */
  private settings: NativeSettings | null;
  private made: NativeContextHandle | null = null;

  /** @throws when a certificate or its key cannot be read; the message says why */
  constructor(binding: NativeBinding, settings: NativeSettings, book: NativeIdentities) {
    const all = [settings.identity, ...settings.names.flatMap(([, identities]) => identities)];
    this.binding = binding;
    this.settings = settings;
    this.identities = new Map(all.map((each) => [`${each.id} ${each.version}`, book.load(each)]));
  }

  get isMade(): boolean {
    return this.made !== null;
  }

  /** @throws when OpenSSL refuses the settings; the message says which */
  get handle(): NativeContextHandle {
    if (this.made !== null) return this.made;
    const load = ({ id, version }: { readonly id: string; readonly version: string }): LoadedIdentity =>
      this.identities.get(`${id} ${version}`)!;
    this.made = this.binding.createContext(nativeContextOptions(this.settings!, load));
    this.settings = null;
    return this.made;
  }

  setTicketKeys(keys: readonly Uint8Array[]): void {
    if (this.made !== null) this.binding.setTicketKeys(this.made, keys);
    else this.settings = { ...this.settings!, ticketKeys: keys };
  }
}

/** Equal for settings of which OpenSSL takes all or none; null for those that are to be tried in any case. */
export function kindOf(settings: NativeSettings): string | null {
  if (settings.clients !== null) return null;
  const { minVersion, maxVersion, versionsLeftOut, ciphers, identity } = settings;
  return JSON.stringify([minVersion, maxVersion, versionsLeftOut, ciphers, identity.id, identity.version]);
}
