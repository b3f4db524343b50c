/** How often a property is tried: few by default, as many as ELBOW_FUZZ_RUNS says in the long form. */
export function fuzzRuns(byDefault: number): number {
  const wanted = Number(process.env['ELBOW_FUZZ_RUNS'] ?? '');
  return Number.isInteger(wanted) && wanted > 0 ? wanted : byDefault;
}
