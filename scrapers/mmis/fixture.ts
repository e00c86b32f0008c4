/** Small answers of the site for the tests. */
import type { Page, Source } from '#source';

export function page(body: unknown, status = 200): Page {
  const url = 'https://edu.example.edu/api';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { request: { url }, url, status, headers: {}, body: new TextEncoder().encode(text) };
}

export function data(value: unknown): Page {
  return page({ data: value, state: 1, msg: '' });
}

export function week(rasp: unknown, isCyclicalSchedule = false): Page {
  return data({ isCyclicalSchedule, info: {}, rasp });
}

export function urls(plan: ReturnType<Source['plan']>): readonly string[] {
  return plan === 'done' ? [] : plan.map(({ url }) => url);
}
