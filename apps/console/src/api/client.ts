import { createClient } from '@elbow/api';
import { isActive } from './activity.ts';
import { endSession, sessionStore } from './session.ts';

/** The API of the daemon that served this page, in the name of whoever is logged in: the browser adds the cookie. */
export const client = createClient({
  fetch: async (url, init) => {
    const before = sessionStore.get();
    // No page of another origin can send this header; without it the server lets nothing be changed.
    const headers = { ...init.headers, 'X-Elbow-Console': isActive() ? 'active' : 'idle' };
    const response = await window.fetch(url, {
      ...init,
      headers,
      credentials: 'same-origin',
      redirect: 'error',
    });
    // The login itself may be refused; anything else says that the session is over.
    if (response.status === 401 && before !== null && sessionStore.get() === before) endSession(true);
    return response;
  },
  endpoint: '',
  projectId: () => sessionStore.get()?.projectId ?? '',
  auth: () => ({}),
});
