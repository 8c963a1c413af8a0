/** How Intitulo numbers things. What does not look like one of its numbers is not asked for. */
export const isIntitule = (key: string): boolean => /^\d{6}$/.test(key);
export const isContract = (key: string): boolean => /^C\d{7}$/.test(key);
export const isPerson = (key: string): boolean => /^T\d{5}$/.test(key);
/** N° Formule of a rent notice. */
export const isNotice = (key: string): boolean => /^F\d{8}$/.test(key);
