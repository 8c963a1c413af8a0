/** For programs: the report as it is, its counts and its verdict. */
import { conforms, countsOf, type Report } from "../report.ts";

export const renderJson = (report: Report): string =>
  `${JSON.stringify({ ...report, counts: countsOf(report), conforms: conforms(report) }, null, 2)}\n`;
