import { expect, it } from 'vitest';
import { classify, type Dialled } from '../../../../renderer/composables/dialled';

const brief = (found: Dialled): string => {
  const [kind, value] = Object.values(found) as [string, string?];
  return value === undefined ? kind : `${kind} ${value}`;
};

it.each([
  ['', 'empty'],
  [' \u200b ', 'empty'],
  // People
  ['@anna:example.org', 'user @anna:example.org'],
  ['  @anna:example.org:8448 ', 'user @anna:example.org:8448'],
  ['@anna:[2001:db8::1]:8448', 'user @anna:[2001:db8::1]:8448'],
  ['\u202a@anna:example.org\u202c', 'user @anna:example.org'],
  ['@Früher=2f:example.org', 'user @Früher=2f:example.org'],
  ['matrix:u/anna:example.org?action=chat', 'user @anna:example.org'],
  ['MATRIX:U/anna:example.org', 'user @anna:example.org'],
  ['matrix:user/anna:example.org', 'user @anna:example.org'],
  ['matrix://example.org/u/anna:example.org', 'user @anna:example.org'],
  ['matrix:u/%61nna:example.org', 'user @anna:example.org'],
  ['https://matrix.to/#/@anna:example.org', 'user @anna:example.org'],
  ['https://matrix.to/#/%40anna%3Aexample.org?via=example.org', 'user @anna:example.org'],
  // Rooms
  ['#room:example.org', 'room #room:example.org'],
  ['!abc:example.org', 'room !abc:example.org'],
  ['!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM', 'room !31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM'],
  ['matrix:r/room:example.org', 'room #room:example.org'],
  ['matrix:roomid/abc:example.org/e/event', 'room !abc:example.org'],
  ['https://matrix.to/#/#room:example.org/$event?via=example.org', 'room #room:example.org'],
  // Numbers
  ['110', 'number 110'],
  ['+49 (0)30 90-18/20', 'number +4930901820'],
  ['030 / 90 18 20', 'number 030901820'],
  ['(030) 901820', 'number 030901820'],
  ['\u202d+49\u00a030\u2011901820\u202c', 'number +4930901820'],
  ['tel:+1-201-555-0123', 'number +12015550123'],
  ['TEL:+1(201)555.0123;ext=7', 'number +12015550123'],
  ['tel:555-0123;phone-context=+1201', 'number +12015550123'],
  ['tel:%2B49%2030%20901820', 'number +4930901820'],
  ['callto://+4930901820', 'number +4930901820'],
  ['0800 FLOWERS', 'number 08003569377'],
  ['1-800-flowers', 'number 18003569377'],
  ['٠٣٠٩٠١٨٢٠', 'number 030901820'],
  ['＋４９３０', 'number +4930'],
  ['*21*0309018#', 'number *21*0309018#'],
  ['#31#030901820', 'number #31#030901820'],
  // Names
  ['Anna', 'name Anna'],
  ['Anna  Karenina', 'name Anna  Karenina'],
  ['3com', 'name 3com'],
  ['+', 'name +'],
  ['Design: team', 'name Design: team'],
  ['\u202eannA', 'name annA'],
  // Neither
  ['@anna', 'invalid noServer'],
  ['@anna:', 'invalid noServer'],
  ['@:example.org', 'invalid noName'],
  ['@anna example:org', 'invalid badServer'],
  ['@anna:exam ple.org', 'invalid badServer'],
  ['@anna:example.org/x', 'invalid badServer'],
  ['anna:example.org', 'invalid noSign'],
  [`@${'a'.repeat(250)}:example.org`, 'invalid tooLong'],
  [`@${'ä'.repeat(130)}:example.org`, 'invalid tooLong'],
  ['1'.repeat(33), 'invalid numberTooLong'],
  ['matrix:', 'invalid badLink'],
  ['matrix:u/%', 'invalid badLink'],
  ['matrix:u/', 'invalid badLink'],
  ['matrix:x/anna:example.org', 'invalid badLink'],
  ['https://matrix.to/#/nobody', 'invalid badLink'],
  ['https://matrix.to', 'invalid badLink'],
  ['tel:anna', 'invalid badLink'],
  ['sip:anna@example.org', 'invalid sip'],
  ['https://example.org/@anna:example.org', 'invalid otherLink'],
  ['javascript://%0aalert(1)', 'invalid otherLink'],
])('“%s” is %s', (typed, expected) => {
  expect(brief(classify(typed))).toBe(expected);
});
