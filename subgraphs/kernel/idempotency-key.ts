/** As `idempotencyKeyDescription` tells clients. */
export const isIdempotencyKey = (key: string): boolean => /^[\x21-\x7e]{8,200}$/.test(key);
