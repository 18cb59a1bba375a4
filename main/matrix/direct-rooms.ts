/** `m.direct`: which rooms are whose direct chats. Spec: client-server API, "Direct messaging". */

/** User id → room ids. Written by many clients: read with care. */
export type DirectRooms = ReadonlyMap<string, readonly string[]>;

export function readDirectRooms(content: unknown): DirectRooms {
  if (typeof content !== 'object' || content === null) return new Map();
  return new Map(
    Object.entries(content)
      .filter((entry): entry is [string, unknown[]] => entry[0].startsWith('@') && Array.isArray(entry[1]))
      .map(([userId, rooms]) => [userId, rooms.filter((room) => typeof room === 'string')]),
  );
}

/** The content with one room more. What we do not understand of it stays as it is. */
export function withDirectRoom(content: unknown, userId: string, roomId: string): Record<string, unknown> {
  const rooms = readDirectRooms(content).get(userId) ?? [];
  return { ...(typeof content === 'object' ? content : {}), [userId]: [...new Set([...rooms, roomId])] };
}
