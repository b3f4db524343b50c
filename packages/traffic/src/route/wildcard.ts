export type TextTest = (text: string) => boolean;

/** A test for a pattern in which `*` stands for any text, dots and slashes too, and `?` for exactly one character. */
export function wildcardTest(pattern: string): TextTest {
  const star = pattern.indexOf('*');
  if (pattern.includes('?') || (star >= 0 && star !== pattern.lastIndexOf('*')))
    return (text) => fits(pattern, text);
  if (star < 0) return (text) => text === pattern;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return (text) => text.length >= pattern.length - 1 && text.startsWith(start) && text.endsWith(end);
}

/** Goes back to the last star only: time is at most pattern times text, memory none. */
function fits(pattern: string, text: string): boolean {
  let [at, place] = [0, 0];
  let [star, afterStar] = [-1, 0];
  while (at < text.length) {
    const sign = pattern[place];
    if (sign === '*') {
      star = place++;
      afterStar = at;
    } else if (sign === '?' || (sign !== undefined && sign === text[at])) {
      at++;
      place++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++afterStar;
    } else return false;
  }
  while (pattern[place] === '*') place++;
  return place === pattern.length;
}
