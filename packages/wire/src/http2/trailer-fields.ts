import type { FieldSink } from './hpack/decoder.ts';
import { type HeaderEntry, NameKind } from './hpack/header-entry.ts';

/** Lines that are looked at and thrown away. No pseudo-header fields behind a body (§8.1). */
export class TrailerFields implements FieldSink {
  isMalformed = false;

  onField({ name, isValid }: HeaderEntry): void {
    const { kind } = name;
    if (!isValid || kind === NameKind.invalid || kind === NameKind.connectionSpecific)
      this.isMalformed = true;
    if (kind >= NameKind.method && kind <= NameKind.unknownPseudo) this.isMalformed = true;
  }
}
