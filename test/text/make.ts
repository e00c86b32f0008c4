/** Lines and views for the tests of texts. */
import type { LessonLine } from '../../src/domain/notice.ts';
import type { TimetableRef } from '../../src/domain/view.ts';

/** Pair 2 of Tuesday 24 November 2026, with what the test is about laid over it. */
export function lessonLine(patch: Partial<LessonLine> = {}): LessonLine {
  const day = patch.day ?? '2026-11-24';
  return {
    day,
    start: '09:45',
    endDay: day,
    end: '11:20',
    allDay: false,
    number: 2,
    subject: 'Математический анализ',
    kind: 'lecture',
    teachers: ['Иванов И. И.'],
    room: '404Л',
    format: 'onsite',
    subgroup: '',
    cancelled: false,
    ...patch,
  };
}

export function timetable(patch: Partial<TimetableRef> = {}): TimetableRef {
  const freshAt = Date.parse('2026-11-23T09:00:00Z');
  return {
    id: 1,
    name: 'ПИ-21',
    university: 'АлтГУ',
    zone: 'Europe/Moscow',
    kind: 'feed',
    ownerId: null,
    freshAt,
    lateAt: null,
    trouble: null,
    ...patch,
  };
}
