export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** Texts and functions that make texts, nested as the pages like it. */
export type Catalogue = { readonly [key: string]: string | ((...values: never[]) => string) | Catalogue };

/** The same shape with any words: what a translation must have. */
export type Translated<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Translated<T[Key]>;
};

/** One catalogue in every language. */
export type Messages<T> = Readonly<Record<Language, T>>;

/** Joins the catalogues of a folder. A key that one of them lacks, or has too many, is a type error. */
export function defineMessages<const En extends Catalogue>(
  en: En,
  zh: Translated<En>,
): Messages<Translated<En>> {
  // A catalogue is a translation of itself; the compiler cannot see that of a type it does not know yet.
  return { en: en as unknown as Translated<En>, zh };
}
