/** Lessons with everything filled in, so that a test names only what it is about. */
import type { Lesson } from '../../src/domain/lesson.ts';

export function lesson(part: Partial<Lesson> & Pick<Lesson, 'times'>): Lesson {
  return {
    subject: 'Математика',
    kind: 'lecture',
    teachers: [],
    place: { room: '', link: '', format: 'onsite' },
    subgroup: '',
    number: null,
    note: '',
    cancelled: false,
    sourceId: '',
    ...part,
  };
}
