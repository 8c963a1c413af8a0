/** Who has an account at the providers: invented, and known there by numbers. */
export interface ProviderUser {
  /** What the person types, or presses. */
  readonly login: string;
  readonly name: string;
  /** What a provider calls the person, for ever. */
  readonly subject: string;
}

export const providerUsers: readonly ProviderUser[] = [
  { login: "helene", name: "Hélène L.", subject: "104273391750288412207" },
  { login: "karim", name: "Karim B.", subject: "115002846610937254481" },
  { login: "ines", name: "Inès M.", subject: "108841027756301990634" },
];
