import type { Messages } from '../messages';

export const transfer: Messages['transfer'] = {
  button: 'Weitergeben',
  title: '{name} weitergeben',
  what: '{name} wird vorher gefragt. Dieser Anruf endet, sobald der andere angenommen ist.',
  to: 'Weitergeben an {name}',
  toInCall: 'Weitergeben an {name} (im Gespräch)',
  inCall: 'Mit Ihnen im Gespräch',
  people: 'Jemand anderes',
  nobody: 'Niemand gefunden',
  wanted: '{name} möchte Sie mit {target} verbinden',
  wantedWhat: 'Wenn Sie zustimmen, wird {target} angerufen. Der Anruf mit {name} endet, sobald {target} annimmt.',
  wantedEnded: '{name} hat aufgelegt. Wenn Sie zustimmen, wird {target} angerufen.',
  accept: 'Zustimmen',
  decline: 'Ablehnen',
  step: {
    asking: '{name} wird gebeten, mit {target} weiterzusprechen. Dieser Anruf endet, sobald die beiden sprechen.',
    refused: '{name} möchte nicht mit {target} verbunden werden.',
    silent: '{name} ist nicht an {target} weitergegeben. Sie sind noch verbunden.',
    promised: '{target} wird gebeten, {name} anzurufen. Dieser Anruf endet, sobald die beiden sprechen.',
    going: '{target} wird angerufen, wie {name} es wünscht.',
    failed: '{target} war nicht zu erreichen. Sie sprechen wieder mit {name}.',
    failedEnded: '{target} war nicht zu erreichen.',
    awaited: '{name} verbindet Sie mit {target}: Ein Anruf von {target} kommt gleich.',
  },
};
