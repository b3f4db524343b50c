import { readFileSync } from 'node:fs';
import type { Capabilities } from '@elbow/plan';
import type { TlsEngineChoice } from './tls-engine.ts';

/** Bit of CAP_NET_BIND_SERVICE in the capability sets of capabilities(7). */
const NET_BIND_SERVICE = 1n << 10n;

/** What this node can do, asked of the system once at start. */
export function nodeCapabilities(
  features: { readonly http2: boolean },
  { engine, whyNoEarlyData }: TlsEngineChoice,
): Capabilities {
  return {
    lowestPort: lowestPort(),
    earlyData: whyNoEarlyData === null,
    whyNoEarlyData: whyNoEarlyData?.slice(0, 1000) ?? null,
    tlsEngine: engine,
    http2: features.http2,
  };
}

function lowestPort(): number {
  if (process.platform !== 'linux') return process.geteuid?.() === 0 ? 1 : 1024;
  return lowestPortFrom({
    isRoot: process.geteuid?.() === 0,
    status: readText('/proc/self/status'),
    unprivilegedStart: readText('/proc/sys/net/ipv4/ip_unprivileged_port_start'),
  });
}

export interface PortFacts {
  readonly isRoot: boolean;
  /** Text of `/proc/self/status`. */
  readonly status: string;
  /** Text of `net.ipv4.ip_unprivileged_port_start`. */
  readonly unprivilegedStart: string;
}

/**
 * The lowest port a process with these facts may bind. The capability decides, not the user: a container often
 * runs as root without it.
 */
export function lowestPortFrom({ isRoot, status, unprivilegedStart }: PortFacts): number {
  const effective = /^CapEff:\s*([0-9a-f]+)/im.exec(status)?.[1];
  const mayBindAny = effective === undefined ? isRoot : (BigInt(`0x${effective}`) & NET_BIND_SERVICE) !== 0n;
  if (mayBindAny) return 1;
  const start = Number.parseInt(unprivilegedStart, 10);
  return Number.isNaN(start) ? 1024 : Math.max(1, start);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
