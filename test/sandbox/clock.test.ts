/** The product clock: moved and sped up by hand, by the object and by the control API; the protocol never sees it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { moment } from '../../src/sandbox/clock.ts';
import { createClock, startSandbox } from '../../src/sandbox/index.ts';
import { stage } from './client.ts';

function handmade() {
  const real = { at: Date.parse('2026-09-14T05:00:00Z') };
  return { real, clock: createClock({ real: () => real.at }) };
}

describe('the clock', () => {
  it('is the real one until it is moved, and goes on from there', () => {
    const { real, clock } = handmade();
    real.at += 5;
    expect(clock.now()).toBe(real.at);
    clock.move(60_000);
    expect(clock.now()).toBe(real.at + 60_000);
    clock.jump(1_000_000);
    real.at += 7;
    expect(clock.now()).toBe(1_000_007);
    clock.move(-7);
    expect(clock.state()).toEqual({ now: 1_000_000, speed: 1 });
  });

  it('runs a minute in a second and back, without a jump at the change', () => {
    const { real, clock } = handmade();
    const began = clock.now();
    clock.speed(60);
    real.at += 1000;
    expect(clock.now()).toBe(began + 60_000);
    clock.speed(1);
    real.at += 1000;
    expect(clock.now()).toBe(began + 61_000);
    for (const wrong of [0, -1, Number.NaN, 1e9]) expect(() => clock.speed(wrong)).toThrow(RangeError);
  });

  it('tells its watchers at once, until they leave', () => {
    const { real, clock } = handmade();
    const heard: number[] = [];
    const leave = clock.watch(() => heard.push(clock.now()));
    clock.jump(5);
    clock.move(5);
    real.at += 1000;
    clock.speed(60);
    leave();
    clock.jump(0);
    expect(heard).toEqual([5, 10, 1010]);
  });
});

describe('a moment in words', () => {
  it.each([
    ['tomorrow-0844', '2026-09-14T05:00:00Z', 'Europe/Moscow', '2026-09-15T05:44:00Z'],
    ['today-2359', '2026-09-14T20:59:59Z', 'Europe/Moscow', '2026-09-14T20:59:00Z'],
    ['today-0000', '2026-09-14T21:00:00Z', 'Europe/Moscow', '2026-09-14T21:00:00Z'],
    ['tomorrow-0001', '2026-12-31T20:00:00Z', 'Europe/Moscow', '2026-12-31T21:01:00Z'],
    // The night the clocks change: tomorrow is another offset than today.
    ['tomorrow-0844', '2026-10-24T12:00:00Z', 'Europe/Berlin', '2026-10-25T07:44:00Z'],
    ['tomorrow-0844', '2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-29T06:44:00Z'],
  ])('%s at %s in %s is %s', (words, now, zone, is) => {
    expect(new Date(moment(words, Date.parse(now), zone)).toISOString()).toBe(is.replace('Z', '.000Z'));
  });

  it.each(['tomorrow-2460', 'tomorrow-2400', 'yesterday-0844', '0844'])('%s is none', (words) => {
    expect(() => moment(words, 0, 'Europe/Moscow')).toThrow('no moment');
  });
});

describe('POST /control/clock', () => {
  async function control(address: string, body: unknown): Promise<[number, { now?: number; speed?: number }]> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${address}/control/clock`, { method: 'POST', headers, body: JSON.stringify(body) });
    return [answer.status, (await answer.json()) as { now?: number; speed?: number }];
  }

  it('moves the dates of messages and nothing of the protocol', async () => {
    const { real, clock } = handmade();
    const vk = await startSandbox({ clock });
    onTestFinished(() => vk.close());
    const anya = vk.addPerson({ firstName: 'Аня' });
    let told = 0;
    clock.watch(() => {
      told += 1;
    });
    const tomorrow = Date.parse('2026-09-15T05:44:00Z');
    expect(await control(vk.address, { jump: 'tomorrow-0844', speed: 60 })).toEqual([
      200,
      { now: tomorrow, speed: 60 },
    ]);
    expect(told).toBe(2);
    real.at += 1000;
    vk.say(anya, anya, 'который час?');
    expect(vk.messages(anya)[0]?.date).toBe(tomorrow / 1000 + 60);
    expect(await control(vk.address, { move: -60_000, speed: 1 })).toEqual([200, { now: tomorrow, speed: 1 }]);
    const first = Date.UTC(2000, 0);
    expect(await control(vk.address, { jump: first })).toEqual([200, { now: first, speed: 1 }]);
    const seen = await (await fetch(`${vk.address}/control/clock`)).json();
    expect(seen).toEqual({ now: first, speed: 1 });
  });

  it.each([
    [{ jump: 9e15 }],
    [{ move: 9e15 }],
    [{ move: -9e15 }],
    [{ jump: Date.UTC(2000, 0) - 1 }],
    [{ jump: Date.UTC(2101, 0) }],
    [{ jump: Date.UTC(2100, 11, 31), move: 86_400_000, speed: 60 }],
  ])('keeps to the years 2000–2100: %j', async (body) => {
    const { clock } = handmade();
    const vk = await startSandbox({ clock });
    onTestFinished(() => vk.close());
    const before = clock.state();
    expect(await control(vk.address, body)).toEqual([400, { error: expect.stringContaining('2000–2100') }]);
    expect(clock.state()).toEqual(before);
    expect((await control(vk.address, { jump: Date.UTC(2101, 0) - 1 }))[0]).toBe(200);
  });

  it.each([[{ jump: 'noon' }], [{ speed: 0 }], [{ speed: 9999 }], [{ jump: '5' }]])('refuses %j', async (body) => {
    const { vk } = await stage();
    expect((await control(vk.address, body))[0]).toBe(400);
  });

  it('leaves alone a clock that is another program’s', async () => {
    const vk = await startSandbox({ now: () => 5 });
    onTestFinished(() => vk.close());
    expect((await control(vk.address, { move: 1 }))[0]).toBe(400);
  });
});
