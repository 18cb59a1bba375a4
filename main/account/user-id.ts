/** The two parts of a Matrix user id. Spec: appendices, "User Identifiers". */

export function serverOf(userId: string): string {
  return userId.slice(userId.indexOf(':') + 1);
}

export function localpartOf(userId: string): string {
  return userId.slice(1, userId.indexOf(':'));
}
