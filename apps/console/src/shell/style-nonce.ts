/** Of the answer that brought the page: styles that are made at run time pass the content security policy by it. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/**
 * Most of the component library asks for the nonce; the parts that lock scrolling and measure scroll bars make style
 * elements without one. So every style element gets it as it is made.
 */
export function stampStyles(): void {
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = styleNonce;
    return element;
  };
}
