/** Finds what is on the page the way a screen reader does: by role and name. As much of ARIA as these pages use. */

const implied: Readonly<Record<string, string>> = {
  BUTTON: 'button',
  NAV: 'navigation',
  MAIN: 'main',
  UL: 'list',
  LI: 'listitem',
  H1: 'heading',
  H2: 'heading',
  FIELDSET: 'group',
  SELECT: 'combobox',
};

const ofInput: Readonly<Record<string, string>> = {
  text: 'textbox',
  password: 'textbox',
  search: 'searchbox',
  radio: 'radio',
  checkbox: 'checkbox',
  number: 'spinbutton',
};

function roleOf(element: Element): string | null {
  const explicit = element.getAttribute('role');
  if (explicit !== null) return explicit;
  if (element instanceof HTMLInputElement) return ofInput[element.type] ?? null;
  if (element.tagName === 'SECTION') return element.matches('[aria-label], [aria-labelledby]') ? 'region' : null;
  return implied[element.tagName] ?? null;
}

export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const by = element.getAttribute('aria-labelledby');
  if (by !== null)
    return by
      .split(' ')
      .map((id) => textOf(document.getElementById(id)))
      .join(' ');
  if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) return textOf(element.labels?.[0]);
  if (element instanceof HTMLFieldSetElement) return textOf(element.querySelector('legend'));
  return textOf(element);
}

const inline: ReadonlySet<string> = new Set(['SPAN', 'BDI']);

/** What is read out: without decoration, blocks apart, white space as one. */
export function textOf(node: Node | null | undefined): string {
  const collect = (each: Node): string => {
    if (each instanceof Element && each.getAttribute('aria-hidden') === 'true') return ' ';
    if (each instanceof Text) return each.data;
    if (!(each instanceof Element)) return '';
    const text = [...each.childNodes].map(collect).join('');
    return inline.has(each.tagName) ? text : ` ${text} `;
  };
  return node === null || node === undefined ? '' : collect(node).replaceAll(/\s+/g, ' ').trim();
}

export function allByRole(role: string, name?: string, within: Element = document.body): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>('*')].filter(
    (element) =>
      roleOf(element) === role &&
      element.closest('[hidden], [aria-hidden="true"]') === null &&
      (name === undefined || nameOf(element) === name),
  );
}

export function queryByRole(role: string, name?: string, within?: Element): HTMLElement | null {
  return allByRole(role, name, within)[0] ?? null;
}

/** @throws with the names that are there, unless there is exactly one. */
export function byRole(role: string, name?: string, within?: Element): HTMLElement {
  const [first, ...more] = allByRole(role, name, within);
  if (first !== undefined && more.length === 0) return first;
  const there = allByRole(role, undefined, within).map(nameOf).join(', ');
  throw new Error(`${first === undefined ? 'no' : 'more than one'} ${role} "${name ?? ''}"; there are: ${there}`);
}
