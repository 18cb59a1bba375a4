/** The 64 emoji by which two people compare keys. Spec: client-server API, "SAS method: emoji"; the order is part of it. */

const symbols =
  '🐶🐱🦁🐎🦄🐷🐘🐰🐼🐓🐧🐢🐟🐙🦋🌷🌳🌵🍄🌏🌙☁🔥🍌🍎🍓🌽🍕🎂❤😀🤖🎩👓🔧🎅👍☂⌛⏰🎁💡📕✏📎✂🔒🔑🔨☎🏁🚂🚲✈🚀🏆⚽🎸🎺🔔⚓🎧📁📌';

const numbers: ReadonlyMap<string, number> = new Map(Array.from(symbols, (symbol, number) => [symbol, number]));

/** @returns null when one of them is none of the 64: then nobody could compare them. */
export function emojiNumbers(shown: readonly (readonly [symbol: string, name: string])[]): readonly number[] | null {
  // Some are followed by a mark that asks for colour.
  const found = shown.map(([symbol]) => numbers.get(symbol.replaceAll('\ufe0f', '')));
  const known = found.filter((number) => number !== undefined);
  return known.length === 7 ? known : null;
}
