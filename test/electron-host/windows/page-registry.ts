/** The pages that are open, found by what Chromium calls them. */
import type { Page } from './page.ts';

export const pages = new Set<Page>();

/** The page to which a main frame or subframe belongs. */
export function pageOfFrame(frameId: string): Page | undefined {
  return [...pages].find((page) => page.hasFrame(frameId));
}

export function pageOfTarget(targetId: string): Page | undefined {
  return [...pages].find((page) => page.targetId === targetId);
}
