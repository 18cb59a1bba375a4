export const link = {
  callTitle: '{name} anrufen?',
  call: 'Ein Link möchte diesen Anruf. Rufen Sie nur an, wenn Sie wissen, von wem der Link kommt.',
  from: 'Der Anruf käme von {id}.',
  nowhereTitle: 'Diesem Link kann Carillon nicht folgen',
  nowhere: 'Er führt zu niemandem, den Carillon anrufen könnte. Fragen Sie nach der Matrix-ID der Person.',
  sip: 'Er führt in ein anderes Telefonnetz. Carillon ruft Menschen im Matrix-Netz an.',
  room: 'Er führt in einen Raum. Carillon ruft Menschen an; öffnen Sie den Raum in einem Chatprogramm.',
  self: 'Er führt zu Ihnen selbst.',
  signedOut: 'Melden Sie sich zuerst an und öffnen Sie den Link dann noch einmal.',
  close: 'Schließen',
};
