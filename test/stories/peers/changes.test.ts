/** What other timetable bots get wrong about changes: each bug was seen in one, and each is a story here. */
import { expect, test } from 'vitest';
import { DAY, eachOnStage, lesson } from './stage.ts';

const peers = eachOnStage(['2026-09-14', '12:00']);

/** Enough lessons around the one that changes for a reading to be believed. */
const others = ['16', '17', '18', '21', '22', '23', '24', '25'].map((day) =>
  lesson(`${day}.09 10:00`, `Предмет ${day}`),
);

async function follow(events = others): Promise<void> {
  const { calendar, story, anya } = peers;
  calendar.events = events;
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'к первой паре не напоминать');
  peers.news(anya);
}

test('a lesson that is only taken away is told (compared by what appeared, a cancellation is never seen)', async () => {
  await follow([lesson('15.09 10:00', 'Физика', '404Л'), ...others]);
  await peers.publish(others);
  const [told, ...more] = peers.news(peers.anya);
  expect(more).toEqual([]);
  expect(told).toMatch(/10:00.*Физика[\s\S]*отмен/);
});

test('a day that vanishes is told (compared day by day, a day that is gone is compared with nothing)', async () => {
  const gone = [lesson('15.09 10:00', 'Физика'), lesson('15.09 12:00', 'Химия')];
  await follow([...gone, ...others]);
  await peers.publish(others);
  const told = peers.news(peers.anya);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/Физика[\s\S]*отмен[\s\S]*Химия[\s\S]*отмен/);
});

test('a lesson that moved is one move (told as "deleted" and "added", it is two pieces of news and no move)', async () => {
  await follow([lesson('15.09 10:00', 'Физика', '404Л'), ...others]);
  await peers.publish([lesson('16.09 14:00', 'Физика', '404Л'), ...others]);
  const told = peers.news(peers.anya);
  expect(told).toHaveLength(1);
  expect(told[0]?.match(/Физика/g)).toHaveLength(1);
  expect(told[0]).toMatch(/10:00[\s\S]*→[\s\S]*14:00/);
  expect(told[0]).not.toMatch(/отмен|нов/i);
});

test('two subgroups in one slot do not collide (a lesson known by hour and subject is both of them)', async () => {
  const first = lesson('15.09 10:00', 'Информатика (лаб.), п/г 1', '101');
  const second = lesson('15.09 10:00', 'Информатика (лаб.), п/г 2', '202');
  await follow([first, second, ...others]);
  const boris = peers.story.vk.addPerson({ firstName: 'Борис' });
  await peers.story.ask(boris, boris, peers.calendar.url);
  await peers.story.ask(boris, boris, 'подгруппа 1');
  await peers.story.ask(boris, boris, 'к первой паре не напоминать');
  peers.news(boris);
  await peers.publish([first, { ...second, room: '303' }, ...others]);
  const told = peers.news(peers.anya);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/202 → 303/);
  expect(told[0]).not.toContain('101');
  expect(peers.news(boris)).toEqual([]);
});

test('two exams of one subject are two (matched by the name of the subject, the second is taken for the first)', async () => {
  const [early, late] = [
    lesson('19.09 10:00', 'Физика (экзамен)', '1'),
    lesson('26.09 10:00', 'Физика (экзамен)', '2'),
  ];
  // The last exam is another one: what lies beyond the last day known may just have come into sight.
  const all = [...others, lesson('30.09 10:00', 'История (экзамен)', '3')];
  await follow([early, late, ...all]);
  await peers.story.ask(peers.anya, peers.anya, 'изменения на все дни');
  peers.news(peers.anya);
  await peers.publish([early, lesson('28.09 12:00', 'Физика (экзамен)', '2'), ...all]);
  const told = peers.news(peers.anya);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/26 сентября[\s\S]*→[\s\S]*28.*12:00/);
  expect(told[0]).not.toMatch(/19 сентября|отмен|нов/i);
});

test('the last exam put off beyond the last day known is a move, and no cancellation; what came into sight beside it is no news', async () => {
  const exam = (when: string) => lesson(when, 'Физика (экзамен)', '2', { uid: 'exam' });
  const all = others.map((one, index) => ({ ...one, uid: `other-${index}` }));
  await follow([...all, exam('26.09 10:00')]);
  await peers.story.ask(peers.anya, peers.anya, 'изменения на все дни');
  peers.news(peers.anya);
  await peers.publish([...all, exam('28.09 12:00'), lesson('28.09 16:00', 'Право', '3', { uid: 'new' })]);
  const told = peers.news(peers.anya);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/26 сентября[\s\S]*→[\s\S]*28.*12:00/);
  expect(told[0]).not.toMatch(/отмен|нов|Право/i);
});

test('a calendar whose ids are made of the time it was asked at changes nothing (known by its id, every lesson is new each time)', async () => {
  const named = (reading: number) => others.map((one, index) => ({ ...one, uid: `${reading}-${index}@now.example` }));
  await follow(named(1));
  await peers.publish(named(2));
  await peers.publish(named(3));
  expect(peers.news(peers.anya)).toEqual([]);
});

test('nothing changed, nothing told, however often it is read (the same change told every five minutes)', async () => {
  await follow([lesson('15.09 10:00', 'Физика', '404Л'), ...others]);
  await peers.publish([lesson('15.09 10:00', 'Физика', '510М'), ...others]);
  expect(peers.news(peers.anya)).toHaveLength(1);
  for (let again = 0; again < 2; again += 1) await peers.publish(peers.calendar.events);
  expect(peers.news(peers.anya)).toEqual([]);
});

test('a reading that failed is tried again soon (the time of the check is written before the load, and a day is lost)', async () => {
  await follow([lesson('16.09 14:00', 'Физика', '404Л'), ...others]);
  peers.calendar.broken = { status: 500, type: 'text/plain', body: 'oops' };
  await peers.publish(others);
  peers.calendar.broken = null;
  const failedAt = peers.story.clock.now();
  peers.news(peers.anya);
  while (peers.news(peers.anya).length === 0 && peers.story.clock.now() < failedAt + DAY) await peers.publish(others);
  // Half an hour, not a day: the source was asked again by itself.
  expect(peers.story.clock.now() - failedAt).toBeLessThan(DAY / 12);
});
