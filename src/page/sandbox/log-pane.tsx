/** The last calls of the API, newest first; each opens to its parameters and answer. */
import type { SeenCall } from '../../sandbox/seen.ts';
import { BROKEN } from './broken.ts';
import type { Seen } from './use-view.ts';
import { whenIn } from './when.ts';

const LONGEST = 4000;
export function LogPane({ view }: { view: Seen }) {
  const calls = view.calls ?? [];
  if (calls.length === 0) return <p className="quiet">Бот ещё ничего не вызывал.</p>;
  const when = whenIn(view.clock.zone);
  return (
    <>
      <h3 className="log-head">настоящее время</h3>
      <ol className="calls" aria-label="Вызовы API">
        {calls.map((call) => (
          <Call key={`${call.at} ${call.method} ${JSON.stringify(call.params)}`} call={call} at={when.exact(call.at)} />
        ))}
      </ol>
    </>
  );
}

function Call({ call, at }: { call: SeenCall; at: string }) {
  const { method, params, unknown, error, response, broken } = call;
  const bad = error !== undefined || broken !== undefined;
  return (
    <li>
      <details>
        <summary>
          <span className={bad ? 'dot bad' : 'dot'} />
          <span className="method">{method}</span>
          {error && <b className="code">{error.error_code}</b>}
          {broken && <b className="code">{BROKEN[broken]}</b>}
          {unknown.length > 0 && (
            <span className="unknown" title="Параметры, которых VK не знает">
              {unknown.join(', ')}
            </span>
          )}
          <time>{at}</time>
        </summary>
        <dl>
          {Object.entries(params).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {broken === undefined && <pre>{(JSON.stringify(error ?? response, null, 1) ?? '').slice(0, LONGEST)}</pre>}
      </details>
    </li>
  );
}
