/** What a link asks for beyond whom it leads to. Pure. */

/** `?action=call` in a `matrix:` or matrix.to link (after MSC2312's `action`, which has no word for it yet). */
export const asksForCall = (link: string): boolean => /[?&]action=call(?:[&#]|$)/i.test(link);
