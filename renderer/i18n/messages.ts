/** What the messages look like to the compiler: one shape for all languages, and every key by its full name. */
import type { en } from './en';

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };
type Keys<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}` }[keyof T & string];

export type Messages = Shape<typeof en>;
/** `people.call`, `call.status.ended`, … A key that does not exist does not compile. */
export type MessageKey = Keys<typeof en>;
