/**
 * How Habilog names things, without the spaces that fill its columns up. What does not look like
 * one of its keys is not asked for: its schema would refuse the message.
 */
export const isPerson = (key: string): boolean => /^\d{8}$/.test(key);
export const isContract = (key: string): boolean => /^L\d{7}$/.test(key);
export const isNotice = (key: string): boolean => /^AV\d{9}$/.test(key);
/** A signatory (`T…`) stands among the occupants too. */
export const isOccupant = (key: string): boolean => /^[OT]\d{1,9}$/.test(key);
