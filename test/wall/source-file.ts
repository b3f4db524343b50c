/** A source file as the wall sees it: where it is and what it says. */
export interface SourceFile {
  /** From the root, with forward slashes: `packages/wire/src/message.ts`. */
  readonly path: string;
  readonly text: string;
}

/** What a module imports, by the words between the quotes: static, re-exported, dynamic and as `new URL`. */
export function importsOf(file: SourceFile): readonly string[] {
  return specifiersIn(withoutComments(file.text));
}

/** Those of {@link importsOf} that are still there when types have been stripped, without the entries of new threads. */
export function loadedBy(file: SourceFile): readonly string[] {
  const code = withoutComments(file.text);
  return statementsIn(code.replaceAll(/\b(?:import|export)\s+type\b[^'"`;]*?\bfrom\b/g, 'typeof'));
}

function specifiersIn(code: string): readonly string[] {
  const entries = code.matchAll(/new URL\(\s*['"](\.[^'"]+\.ts)['"]\s*,\s*import\.meta\.url/g);
  return [...statementsIn(code), ...[...entries].map(([, specifier = '']) => specifier)];
}

function statementsIn(code: string): readonly string[] {
  const statements = code.matchAll(/(?:^|[;\s}])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g);
  const bare = code.matchAll(/(?:^|[;\s}])import\s*['"]([^'"]+)['"]/g);
  const dynamic = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [...statements, ...bare, ...dynamic].map(([, specifier = '']) => specifier);
}

/** The code with every comment blanked; strings, templates and regular expressions are left alone. */
export function withoutComments(text: string): string {
  const tokens =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|(?<=[=(,:;!&|?[{}]\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;
  return text.replaceAll(tokens, (token) =>
    /^\/[*/]/.test(token) ? token.replaceAll(/[^\n]/g, ' ') : token,
  );
}

/** `wire` for a file of packages/wire, `elbow` for one of apps/elbow, undefined outside of both. */
export function roomOf(path: string): string | undefined {
  return /^(?:packages|apps)\/([^/]+)\//.exec(path)?.[1];
}

/** Files that only tests load. */
export function isTest(path: string): boolean {
  return /\.test\.ts$|\/(?:testdata|testing)\//.test(path);
}
