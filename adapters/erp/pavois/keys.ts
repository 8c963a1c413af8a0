/**
 * How Pavois names things. What does not look like one of its keys is not asked for: its schema
 * would refuse the whole message, and with it the other keys of the batch.
 */
export const isPerson = (key: string): boolean => /^T\d{7}$/.test(key);
export const isContract = (key: string): boolean => /^L\/\d{7}$/.test(key);
export const isRequest = (key: string): boolean => /^D\d{8}$/.test(key);

/** Of somebody who did not sign. */
export const isOccupant = (key: string): boolean => /^O\d{8}$/.test(key);
export const isSubject = (key: string): boolean => /^[LM]\d\d$/.test(key);
export const isSurvey = (key: string): boolean => /^Q\d{8}$/.test(key);
export const isSurveyMember = (key: string): boolean => /^Q\d{8}-\d\d$/.test(key);

/** Avis d'échéance, quittance, régularisation: the first letters of a document's key. */
export type DocumentPrefix = "AE" | "QT" | "RG";
export const isDocument = (key: string, prefix: DocumentPrefix): boolean =>
  key.startsWith(prefix) && /^[A-Z]{2}-\d{8}$/.test(key);
