import { client } from './client.ts';
import { queryClient } from './query-client.ts';
import { beginSession, endSession, phaseStore, sessionOf, sessionStore } from './session.ts';

/** Trades name and password for a session. @throws ApiError */
export async function logIn(name: string, password: string): Promise<void> {
  const { body } = await client.createSession({ body: { session: { user_name: name, password } } });
  // Somebody else may have been here before.
  queryClient.clear();
  beginSession(sessionOf(body.session));
}

/** Ends the session on the server; what the user saw is forgotten with it. @throws ApiError when it could not be ended */
export async function logOut(): Promise<void> {
  await client.deleteSession();
  endSession(false);
  queryClient.clear();
}

/** Asks who is logged in, after the page was loaded and now and then: another tab may have changed it. */
export async function askSession(): Promise<void> {
  const before = sessionStore.get();
  try {
    const { session: wire } = (await client.showSession()).body;
    if (wire === null) return endSession(before !== null);
    if (before !== null && before.userName !== wire.user.name) queryClient.clear();
    beginSession(sessionOf(wire));
  } catch {
    // Who is logged in stays so while the server is away; the pages say that it is.
    if (before === null) phaseStore.set('away');
  }
}
