/**
 * Which side of a photo is up: 1 to 8, or null when the content of this APP1 segment does not say.
 * Only the first directory is looked at; whatever is not as it should be says nothing.
 */
export function orientationOf(content: Buffer): number | null {
  if (content.subarray(0, 6).toString("latin1") !== "Exif\0\0") return null;
  const tiff = content.subarray(6);
  const order = tiff.subarray(0, 2).toString("latin1");
  if (tiff.length < 8 || (order !== "II" && order !== "MM")) return null;
  const short = (at: number) => (order === "II" ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = order === "II" ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return null;
  for (let index = 0; index < short(directory); index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > tiff.length) return null;
    if (short(entry) !== 0x0112) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
