/** One part of the copy of somebody's data; its names are what the person reads. */
export interface Section {
  readonly titre: string;
  readonly title: string;
  /** `portail`: kept by this house. `bailleur`: told by the landlord's system. */
  readonly origine: "portail" | "bailleur";
  /** OK, or the code of what went wrong: then something is missing, and the person may ask again. */
  readonly etat: string;
  readonly donnees: unknown;
}
