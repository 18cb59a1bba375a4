import type { Messages } from '../messages';

export const ringing: Messages['ringing'] = {
  voice: 'Anruf von {name}',
  video: 'Videoanruf von {name}',
  voiceShort: 'Anruf',
  videoShort: 'Videoanruf',
  forAccount: 'für {id}',
  answer: 'Annehmen',
  answerWithVideo: 'Mit Video annehmen',
  withVideo: 'Mit Video',
  decline: 'Ablehnen',
  silence: 'Ton aus',
  silenced: 'Der Ton ist aus. Es klingelt lautlos weiter.',
  holdAndAnswer: 'Halten und annehmen',
  endAndAnswer: 'Beenden und annehmen',
  during: 'Sie sind in einem Anruf mit {name}.',
};
