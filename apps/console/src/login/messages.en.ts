export const en = {
  title: 'Log in',
  userName: 'User name',
  password: 'Password',
  submit: 'Log in',
  hint: 'User name and password were written to credentials.json in the data directory at the first start.',
  wrong: 'The user name or the password is wrong.',
  ended: 'Your session has ended. Log in to go on where you were.',
  away: 'The control plane does not answer.',
} as const;
