import type { BenchCase } from '../cases.ts';
import type { CertificateFiles, CertificateKind } from '../certificates.ts';
import type { ChildProcesses } from '../child-processes.ts';

export const engineNames = ['elbow', 'nginx', 'haproxy', 'caddy'] as const;
/** Ours on node:tls, for those who ask for it: it would be one more process at work beside the others. */
export const extraEngineNames = ['elbow-node-tls'] as const;
export type EngineName = (typeof engineNames)[number] | (typeof extraEngineNames)[number];

/** What an engine needs to start. */
export interface Bench {
  /** Directory of this run, removed at its end. */
  readonly dir: string;
  readonly children: ChildProcesses;
  readonly backendPort: number;
  readonly certificates: Readonly<Record<CertificateKind, CertificateFiles>>;
  /** CPU that the engine is pinned to; undefined on a machine with one CPU. */
  readonly engineCpu: number | undefined;
  /** Where our own processes leave a CPU profile when they end; undefined: no profile. */
  readonly profileDir: string | undefined;
}

/** A proxy that listens for TLS on loopback and forwards to the backend. */
export interface Engine {
  readonly name: EngineName;
  readonly version: string;
  /** The process whose descendants, with itself, are the engine. */
  readonly rootPid: number;
  /** What it printed. */
  readonly logPath: string;
  /** The process that carries the traffic, where it is one of several. */
  readonly dataPlanePid: number | undefined;
  /** Gets ready for a case and says where to send it, or why it cannot be run. */
  readonly prepare: (benchCase: BenchCase) => Promise<Target>;
}

export type Target =
  | { readonly status: 'ready'; readonly host: string; readonly port: number }
  | { readonly status: 'skipped'; readonly reason: string };

/** nginx started by root hands its workers to another user, who may not enter the directory of the run. */
export const nginxUser = process.getuid?.() === 0 ? 'user root;' : '';
