import { accepted, invalidField, type Outcome, refused } from '@elbow/model';
import { z } from 'zod';
import { wireTime } from '../time.ts';
import { says } from '../schema/values.ts';

const label = z.string(says('must be text of 1 to 255 characters')).min(1).max(255);
const password = z.string(says('must be text of 1 to 1024 characters')).min(1).max(1_024);

const sessionBody = z.object(
  {
    session: z.object({ user_name: label, password }, says('must be an object with user_name and password')),
  },
  says('must be an object with session'),
);

export interface SessionRequest {
  readonly userName: string;
  readonly password: string;
}

/** The body of a login at the console. */
export function parseSessionRequest(body: unknown): Outcome<SessionRequest> {
  const result = sessionBody.safeParse(body);
  if (!result.success) {
    const issue = result.error.issues[0];
    return refused(invalidField(issue?.path.join('.') || 'session', issue?.message ?? 'is required'));
  }
  const { user_name: userName, password: word } = result.data.session;
  return accepted({ userName, password: word });
}

export interface SessionFacts {
  readonly userId: string;
  readonly userName: string;
  readonly role: string;
  readonly roles: readonly string[];
  readonly projectId: string;
  readonly startedAtMs: number;
  readonly expiresAtMs: number;
  readonly idleExpiresAtMs: number;
  readonly nowMs: number;
}

/** Whose session it is and when it ends; seconds beside times, because the clocks of browsers are wrong. */
export function sessionToWire(facts: SessionFacts) {
  const secondsTo = (ms: number): number => Math.max(0, Math.floor((ms - facts.nowMs) / 1_000));
  return {
    user: { id: facts.userId, name: facts.userName },
    role: facts.role,
    roles: facts.roles,
    project_id: facts.projectId,
    started_at: wireTime(facts.startedAtMs),
    expires_at: wireTime(facts.expiresAtMs),
    expires_in: secondsTo(facts.expiresAtMs),
    /** When it ends unless its user does something. */
    idle_expires_at: wireTime(facts.idleExpiresAtMs),
    idle_expires_in: secondsTo(facts.idleExpiresAtMs),
  };
}

export type SessionRequestBody = z.input<typeof sessionBody>;

/** For documents that are made from the schemas. */
export const sessionBodies = { create: sessionBody } as const;
