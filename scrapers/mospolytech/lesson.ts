/** What one cell of the grid says, whatever day it stands on. */

import { load } from 'cheerio';
import { type Fields, isDistance, type RawLesson, rowsOf, textOf } from '#source';

export type Said = Omit<RawLesson, 'day' | 'weekday' | 'weeks' | 'start' | 'end' | 'number'>;

export function said(cell: Fields): Said {
  const rooms = rowsOf(cell.auditories, 'auditories').map(({ title }) => readTitle(textOf(title)));
  const room = placeOf(rooms.map(({ text }) => text).filter(Boolean), textOf(cell.location));
  const link = [textOf(cell.e_link), ...rooms.flatMap(({ links }) => links)].filter(Boolean).join(' ');
  const week = textOf(cell.week);
  return {
    subject: textOf(cell.sbj),
    kind: textOf(cell.type),
    teachers: textOf(cell.teacher)
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    ...(room === '' ? {} : { room }),
    ...(link === '' ? {} : { link }),
    // No client knows the words of this mark, so it is shown as it stands.
    ...(week === '' ? {} : { note: `Неделя: ${week}` }),
  };
}

/** A room's title is HTML: «<a href="https://…">Webinar</a>», «📷 Webinar», «пр2202». */
function readTitle(title: string): { readonly text: string; readonly links: readonly string[] } {
  const $ = load(title, {}, false);
  const links = $('a[href]')
    .map((_, a) => $(a).attr('href') ?? '')
    .get();
  return {
    text: $.text()
      .replace(/\p{Extended_Pictographic}|\uFE0F/gu, '')
      .trim(),
    links,
  };
}

/** Rooms with their campus. «Обучение в LMS» is this site's own word for learning at a distance. */
function placeOf(rooms: readonly string[], location: string): string {
  if (rooms.length === 0) return location;
  const text = rooms.join(', ');
  if (rooms.every((room) => isDistance(room) || /^(webinar|вебинар|обучение в lms)/i.test(room)))
    return `Дистанционно (${text})`;
  return location === '' || isDistance(text) ? text : `${text}, ${location}`;
}
