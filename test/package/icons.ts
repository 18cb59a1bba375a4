/**
 * `npm run icons`: draws every icon of the installers from one source, `assets/icon.svg`, with the system's Chromium.
 * Linux takes PNG files by size, Windows an ICO, macOS an ICNS; the last two are containers of PNGs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { chromium } from '@playwright/test';

import { root } from '../demo/program.ts';
import { findChromium } from '../electron-host/chromium.ts';
import { icns, ico, type Picture } from './icon-files.ts';

const assets = path.join(root, 'assets');
const svg = readFileSync(path.join(assets, 'icon.svg'), 'utf8');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;

const browser = await chromium.launch({ executablePath: findChromium(process.env), args: ['--no-sandbox'] });
const page = await browser.newPage();

async function draw(size: number): Promise<Picture> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
  return { size, png: await page.screenshot({ omitBackground: true }) };
}

const pictures: Picture[] = [];
for (const size of sizes) pictures.push(await draw(size));
await browser.close();

mkdirSync(path.join(assets, 'icons'), { recursive: true });
for (const { size, png } of pictures) {
  if (size <= 512) writeFileSync(path.join(assets, `icons/${size}x${size}.png`), png);
  // The program's own windows and notifications take this one.
  if (size === 512) writeFileSync(path.join(assets, 'icon.png'), png);
}
writeFileSync(path.join(assets, 'icon.ico'), ico(pictures.filter(({ size }) => size <= 256)));
writeFileSync(path.join(assets, 'icon.icns'), icns(pictures));
console.log(`icons: ${sizes.length} sizes drawn from assets/icon.svg`);
