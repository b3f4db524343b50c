import type { InsertHeaders } from '@elbow/model';
import { z } from 'zod';
import { flag, oneOf, says } from '../schema/values.ts';
import {
  type TlsHeaderChanges,
  tlsHeaderSchemas,
  tlsHeadersOf,
  tlsHeadersToWire,
} from './tls-header-keys.ts';

const processingMode = oneOf(['append', 'remove', 'preserve']);

const switches = {
  'X-Forwarded-ELB-IP': flag.exactOptional(),
  'X-Forwarded-Port': flag.exactOptional(),
  'X-Forwarded-For-Port': flag.exactOptional(),
  'X-Forwarded-Host': flag.exactOptional(),
  'X-Forwarded-Proto': flag.exactOptional(),
  'X-Real-IP': flag.exactOptional(),
  'X-Forwarded-ELB-ID': flag.exactOptional(),
  'X-Forwarded-For-Processing-Mode': processingMode.exactOptional(),
};

type Switches = typeof switches;

/** What a body says; what it does not say is not there. */
export type InsertHeaderChanges = Partial<Omit<InsertHeaders, 'tls'>> & { readonly tls: TlsHeaderChanges };

export const insertHeaders = z
  .strictObject(
    { ...tlsHeaderSchemas, ...switches } as Switches,
    says('must be an object of header switches'),
  )
  .transform((wire): InsertHeaderChanges => {
    const values: Partial<Record<keyof InsertHeaders, unknown>> = {
      forwardedFor: wire['X-Forwarded-For-Processing-Mode'],
      forwardedHost: wire['X-Forwarded-Host'],
      forwardedProto: wire['X-Forwarded-Proto'],
      forwardedPort: wire['X-Forwarded-Port'],
      forwardedForPort: wire['X-Forwarded-For-Port'],
      forwardedElbId: wire['X-Forwarded-ELB-ID'],
      forwardedElbIp: wire['X-Forwarded-ELB-IP'],
      realIp: wire['X-Real-IP'],
      tls: tlsHeadersOf(wire),
    };
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given) as InsertHeaderChanges;
  });

export const defaultInsertHeaders: InsertHeaders = {
  forwardedFor: 'append',
  forwardedHost: true,
  forwardedProto: false,
  forwardedPort: false,
  forwardedForPort: false,
  forwardedElbId: false,
  forwardedElbIp: false,
  realIp: false,
  tls: {},
};

export function insertHeadersToWire(headers: InsertHeaders) {
  return {
    'X-Forwarded-ELB-IP': headers.forwardedElbIp,
    'X-Forwarded-Port': headers.forwardedPort,
    'X-Forwarded-For-Port': headers.forwardedForPort,
    'X-Forwarded-Host': headers.forwardedHost,
    'X-Forwarded-Proto': headers.forwardedProto,
    'X-Real-IP': headers.realIp,
    'X-Forwarded-ELB-ID': headers.forwardedElbId,
    ...tlsHeadersToWire(headers.tls),
    'X-Forwarded-For-Processing-Mode': headers.forwardedFor,
  };
}
