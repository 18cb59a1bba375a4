export const link = {
  callTitle: 'Call {name}?',
  call: 'A link asks for this call. Call only if you know whose link it is.',
  from: 'The call would come from {id}.',
  nowhereTitle: 'This link cannot be followed',
  nowhere: 'It leads to nobody whom Carillon could call. Ask whoever gave it to you for their Matrix ID.',
  sip: 'It leads to another telephone network. Carillon calls people on Matrix.',
  room: 'It leads to a room. Carillon calls people; open the room in a chat client.',
  self: 'It leads to yourself.',
  signedOut: 'Sign in first, then open the link again.',
  close: 'Close',
};
