/** Why a back-up cannot be made or brought back, and what to do about it. Holds no secret. */
export class BackupProblem extends Error {}
