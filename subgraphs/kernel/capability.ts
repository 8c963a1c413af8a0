/** `rentNotices` is `RENT_NOTICES`. */
export function capabilityOf(portName: string): string {
  return portName.replace(/[A-Z]/g, "_$&").toUpperCase();
}
