/** What the program ends with, as in sysexits.h: whoever starts it again can tell whether that helps. 1 is a mistake of our own, 2 wrong arguments. */
export const EXIT = {
  /** The database is damaged, of another program or of a later version. */
  data: 65,
  /** May pass by itself: taken, full, not there. */
  passing: 75,
  /** No right to write there. */
  rights: 77,
  /** A setting is wrong. */
  settings: 78,
} as const;
