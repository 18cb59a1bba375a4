/** The figures of a call as rows that a person can read, and pass on. */
import type { Figures } from '../call/quality';
import type { useWords } from '../i18n';
import type { MessageKey } from '../i18n/messages';
import { numberFormat } from './formatters';

type Words = Pick<ReturnType<typeof useWords>, 't' | 'locale'>;

export interface FigureRow {
  readonly key: MessageKey;
  readonly label: string;
  readonly value: string;
}

export function figureRows(figures: Figures, { t, locale }: Words): readonly FigureRow[] {
  const format = (options: Intl.NumberFormatOptions, value: number): string =>
    numberFormat(locale(), options).format(value);
  const unless = (value: number | null, write: (value: number) => string): string =>
    value === null ? t('quality.unknown') : write(value);
  const ms = (value: number | null): string =>
    unless(value, (known) => format({ style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }, known));
  const percent = (value: number | null): string =>
    unless(value, (known) => format({ style: 'percent', maximumFractionDigits: 1 }, known));
  const rate = (value: number | null): string =>
    unless(value, (known) =>
      format({ style: 'unit', unit: 'kilobit-per-second', maximumFractionDigits: 0 }, known / 1000),
    );
  const score = unless(figures.score, (known) =>
    t('quality.score', { score: format({ minimumFractionDigits: 1, maximumFractionDigits: 1 }, known) }),
  );
  const { route, audioCodec, videoCodec, encryption } = figures;
  const values = {
    score,
    roundTrip: ms(figures.roundTrip),
    jitter: ms(figures.jitter),
    lostIn: percent(figures.lostIn),
    lostOut: percent(figures.lostOut),
    concealed: percent(figures.concealed),
    bitrateIn: rate(figures.bitrateIn),
    bitrateOut: rate(figures.bitrateOut),
    audioCodec: audioCodec ?? t('quality.unknown'),
    videoCodec: videoCodec ?? t('quality.none'),
    route:
      route === null
        ? t('quality.unknown')
        : t(route.relayed ? 'quality.relayed' : 'quality.direct', {
            protocol: route.protocol.toUpperCase(),
            own: route.own,
            theirs: route.theirs,
          }),
    encryption: encryption ?? t('quality.unknown'),
  } as const;
  return (Object.keys(values) as (keyof typeof values)[]).map((row) => {
    const key = `quality.row.${row}` as const;
    return { key, label: t(key), value: values[row] };
  });
}
