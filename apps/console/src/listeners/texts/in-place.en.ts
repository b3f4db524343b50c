/** What is made on the way to a listener. */
export const inPlace = {
  groupCreated: (name: string) => `IP address group ${name} created`,
  entries: 'IP addresses',
  entriesHint: 'One on each line: an address, a network or a range, then | and a remark if you like.',
  policyCreated: (name: string) => `Security policy ${name} created`,
  versions: 'Versions',
  suites: 'Suites',
} as const;
