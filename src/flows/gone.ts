/** A timetable that went while somebody was about to look at it. */

/** Thrown where an id that was read a moment ago leads nowhere any more; who answers people says so (`chat/answer.ts`). */
export class TimetableGone extends Error {
  constructor(id: number) {
    super(`timetable ${id} does not exist`);
    this.name = 'TimetableGone';
  }
}
