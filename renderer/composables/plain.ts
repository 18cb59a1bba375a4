/** Text as it is compared when somebody searches: letters count without their marks and their case. */
export const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
