/**
 * Draws the icons of the tray and of Windows' taskbar from assets/tray/tray.svg: `npm run tray-icons`. The files are
 * kept in the repository, because a build must not need a browser.
 */
import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../electron-host/chromium.ts';

const folder = path.join(import.meta.dirname, '../../assets/tray');
const source = fs.readFileSync(path.join(folder, 'tray.svg'), 'utf8');

/** What the icon is drawn in, by the panel that it stands on. `any`: 3:1 and more on white and on black alike. */
const inks = { 'on-light': '#23262c', 'on-dark': '#f4f5f7', any: '#6c7bf2' } as const;

const states = [...source.matchAll(/<symbol id="([a-z-]+)"/g)].map(([, id]) => id ?? '');

/** Side of an icon, in pixels independent of scale. */
const side = { tray: 22, overlay: 16 } as const;

/** The number on the taskbar's button, up to nine; then a plus sign says that there are more. */
const numbers = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'more'] as const;

const overlayOf = (number: (typeof numbers)[number]): string => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
    <circle cx="8" cy="8" r="8" fill="#c2302a"/>
    <text x="8" y="12" fill="#fff" font-family="Inter Variable, DejaVu Sans, sans-serif" font-size="11.5"
      font-weight="700" text-anchor="middle">${number === 'more' ? '+' : number}</text>
  </svg>`;

const ringing = source.replace('</defs>', '</defs><circle cx="12" cy="12" r="12" fill="#17753f"/>');

async function draw(page: Page, file: string, svg: string, ink: string, pixels: number): Promise<void> {
  await page.setContent(`<body style="margin:0;color:${ink}">${svg}</body>`);
  await page.locator('svg').evaluate((element, size) => {
    element.setAttribute('style', `display:block;width:${String(size)}px;height:${String(size)}px`);
  }, pixels);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await page.locator('svg').screenshot({ path: file, omitBackground: true });
}

/** `NAME.png` and `NAME@2x.png`, which Electron takes on screens of double density. */
async function drawBoth(page: Page, name: string, svg: string, ink: string, size: number): Promise<void> {
  await draw(page, path.join(folder, `${name}.png`), svg, ink, size);
  await draw(page, path.join(folder, `${name}@2x.png`), svg, ink, size * 2);
}

const using = (id: string): string => source.replace('</svg>', '').concat(`<use href="#${id}"/></svg>`);

const browser = await chromium.launch({ executablePath: findChromium(process.env), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 64, height: 64 } });
for (const [panel, ink] of Object.entries(inks)) {
  for (const state of states) await drawBoth(page, `${panel}/${state}`, using(state), ink, side.tray);
}
for (const number of numbers) await drawBoth(page, `overlay/${number}`, overlayOf(number), '#fff', side.overlay);
const bell = '<use href="#bell" transform="translate(12 12) scale(.66) translate(-12 -11.6)"/></svg>';
await drawBoth(page, 'overlay/ringing', ringing.replace(/<\/svg>\s*$/, bell), '#fff', side.overlay);
await browser.close();
