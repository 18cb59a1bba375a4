/** What is used of WebHID (https://wicg.github.io/webhid/), which TypeScript's DOM types leave out, and the usages of a headset. */

/** One field, or several alike, of a report: the main item of a report descriptor (HID 1.11, 6.2.2.5). */
export interface HidReportItem {
  readonly isAbsolute?: boolean;
  /** The field holds which of the usages is on, instead of a bit for each. */
  readonly isArray?: boolean;
  readonly isConstant?: boolean;
  readonly isRange?: boolean;
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  /** Page in the upper, usage in the lower 16 bits. */
  readonly usages?: readonly number[];
  /** Bits of one field. */
  readonly reportSize?: number;
  readonly reportCount?: number;
  readonly logicalMinimum?: number;
}

export interface HidReport {
  readonly reportId?: number;
  /** In the order of their bits, which begin after the report id. */
  readonly items?: readonly HidReportItem[];
}

/** At the top level, with the reports of all collections inside. */
export interface HidCollection {
  readonly usagePage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
}

export interface HidInputReport {
  readonly reportId: number;
  /** Without the report id. */
  readonly data: DataView;
}

export interface HidDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly sendReport: (reportId: number, data: BufferSource) => Promise<void>;
  readonly addEventListener: (type: 'inputreport', listener: (report: HidInputReport) => void) => void;
  readonly removeEventListener: (type: 'inputreport', listener: (report: HidInputReport) => void) => void;
}

/** `navigator.hid`: the devices that main lets the page reach. */
export interface Hid {
  readonly getDevices: () => Promise<readonly HidDevice[]>;
  readonly addEventListener: (type: 'connect' | 'disconnect', listener: () => void) => void;
}

/** HID Usage Tables 1.5, chapter 14: page of telephony devices. */
export const telephonyPage = 0x0b;

/** Chapter 14. `hook`, `mute` and `hold` are on or off (OOC), `flash` and `drop` are pressed (MC, OSC). */
export const buttonUsages = {
  hook: 0x0b0020,
  flash: 0x0b0021,
  hold: 0x0b0023,
  drop: 0x0b0026,
  mute: 0x0b002f,
} as const;
export type ButtonName = keyof typeof buttonUsages;

/** Chapter 11, page of LEDs. */
export const lampUsages = { mute: 0x080009, offHook: 0x080017, ring: 0x080018, hold: 0x080020 } as const;
export type LampName = keyof typeof lampUsages;
export type Lamps = Readonly<Record<LampName, boolean>>;
