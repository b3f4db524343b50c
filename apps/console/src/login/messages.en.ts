export const en = {
  title: 'Log in',
  userName: 'User name',
  password: 'Password',
  submit: 'Log in',
  hint: 'User name and password were written to credentials.json in the data directory at the first start.',
  wrong: 'The user name or the password is wrong.',
  away: 'The control plane does not answer.',
} as const;
