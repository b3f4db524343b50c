/** What lists hold: an id, and a name that may be empty. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export function nameOrId({ id, name }: Named): string {
  return name === '' ? id : name;
}
