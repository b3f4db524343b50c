import { hkdfSync } from 'node:crypto';
import { seal, SealBroken, unseal } from '@elbow/secrets';
import type { TokenSeal } from '@elbow/traffic';

/** Sealing and opening cost microseconds each, and the same few members and clients come again and again. */
const MOST_REMEMBERED = 4096;

/** What a seal is for: with one purpose's seal nothing of another can be made. */
export type SealPurpose = 'sticky-session' | 'sticky-pool';

/** Seals the stickiness cookies of one pool or policy with a key that all nodes with the same sealing key derive. */
export class PoolTokenSeal implements TokenSeal {
  private readonly sealingKey: Uint8Array;
  private readonly context: string;
  private key: Uint8Array | null = null;
  private readonly sealedTexts = new Map<string, string>();
  private readonly openedTexts = new Map<string, string>();

  constructor(sealingKey: Uint8Array, id: string, purpose: SealPurpose = 'sticky-session') {
    this.sealingKey = sealingKey;
    this.context = `${purpose}/${id}`;
  }

  /** Equal texts get equal seals for a while: nothing in them is about a client. */
  seal(text: string): string {
    const known = this.sealedTexts.get(text);
    if (known !== undefined) return known;
    const sealed = seal(this.derivedKey(), text, this.context);
    remember(this.sealedTexts, text, sealed);
    return sealed;
  }

  open(sealed: string): string | null {
    const known = this.openedTexts.get(sealed);
    if (known !== undefined) return known;
    try {
      const text = unseal(this.derivedKey(), sealed, this.context).reveal();
      remember(this.openedTexts, sealed, text);
      return text;
    } catch (error) {
      if (error instanceof SealBroken) return null;
      throw error;
    }
  }

  /** RFC 5869, so that what is sealed for one pool says nothing about the key of another. */
  private derivedKey(): Uint8Array {
    this.key ??= new Uint8Array(hkdfSync('sha256', this.sealingKey, '', this.context, 32));
    return this.key;
  }
}

function remember(texts: Map<string, string>, key: string, value: string): void {
  if (texts.size >= MOST_REMEMBERED) texts.clear();
  texts.set(key, value);
}
