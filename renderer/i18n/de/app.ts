import type { Messages } from '../messages';

export const app: Messages['app'] = {
  name: 'Carillon',
  title: '{page} – Carillon',
  tagline: 'Anrufe über Matrix',
  starting: 'Startet…',
  startFailed: 'Dieses Fenster hat den Rest von Carillon nicht erreicht.',
  startFailedHint:
    'Versuchen Sie es noch einmal. Bleibt es dabei, beenden Sie Carillon über das Symbol im Infobereich und starten Sie es neu.',
  retry: 'Noch einmal',
  cancel: 'Abbrechen',
  back: 'Zurück',
};
