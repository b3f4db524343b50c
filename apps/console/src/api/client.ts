import { createClient } from '@elbow/api';
import { endSession, sessionStore } from './session.ts';

/** The API of the daemon that served this page, in the name of whoever is logged in. */
export const client = createClient({
  fetch: async (url, init) => {
    const response = await window.fetch(url, { ...init, credentials: 'omit', redirect: 'error' });
    // The login itself may be refused; anything else says that the session is over.
    if (response.status === 401 && sessionStore.get() !== null) endSession();
    return response;
  },
  endpoint: '',
  projectId: () => sessionStore.get()?.projectId ?? '',
  auth: (): Record<string, string> => {
    const session = sessionStore.get();
    return session === null ? {} : { 'X-Auth-Token': session.token };
  },
});
