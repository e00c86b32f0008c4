/** The faults of vk-io's own polling, for which src/vk/listen.ts exists. */
import http from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { VK } from 'vk-io';
import { until } from './desk.ts';
import { messageNew, type ScriptedVk, scriptedVk } from './script.ts';

const asked = (scripted: ScriptedVk) => scripted.polls.map((poll) => `${poll.get('key')}@${poll.get('ts')}`);

/** When one of these fails, vk-io has mended it: look whether listen.ts is still needed. */
describe('vk-io 4.10.1, its own polling', () => {
  async function vkIo(scripted: ScriptedVk) {
    const heard: string[] = [];
    const agent = new http.Agent({ keepAlive: true });
    const vk = new VK({ token: 't', apiBaseUrl: scripted.apiUrl, agent: agent as VkIoAgent, pollingGroupId: 1 });
    vk.updates.on('message_new', (context) => {
      heard.push(context.text ?? '');
    });
    onTestFinished(async () => {
      await vk.updates.stop();
      agent.destroy();
    });
    await vk.updates.start();
    return { vk, heard };
  }
  type VkIoAgent = NonNullable<ConstructorParameters<typeof VK>[0]['agent']>;

  test('trap 3: a malformed payload loses the rest of the batch', async () => {
    const scripted = await scriptedVk(
      (_, n) =>
        n === 1 ? { ts: '5', updates: [messageNew('сломано', { payload: '{oops' }), messageNew('второе')] } : 'hang',
      () => ({ key: 'k', ts: '4' }),
    );
    const { heard } = await vkIo(scripted);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(heard).toEqual([]);
  });
  test('trap 4: failed 2 drops the ts', async () => {
    const scripted = await scriptedVk(
      (_, n) => (n === 1 ? { failed: 2 } : 'hang'),
      (n) => ({ key: `k${n}`, ts: n === 1 ? '4' : '8' }),
    );
    await vkIo(scripted);
    await until(() => scripted.polls.length === 2);
    expect(asked(scripted)).toEqual(['k1@4', 'k2@8']);
  });
  test('trap 5: a start takes the place VK gives and keeps none of its own', async () => {
    const scripted = await scriptedVk(
      () => 'hang',
      (n) => ({ key: `k${n}`, ts: String(4 * n) }),
    );
    await vkIo(scripted);
    await until(() => scripted.polls.length === 1);
    await vkIo(scripted);
    await until(() => scripted.polls.length === 2);
    expect(asked(scripted)).toEqual(['k1@4', 'k2@8']);
  });
  test('trap 6: stop does not abort the poll, and what arrives is handled', async () => {
    const scripted = await scriptedVk(
      (_, n) => (n === 1 ? 'hang' : { ts: '5', updates: [] }),
      () => ({ key: 'k', ts: '4' }),
    );
    const { vk, heard } = await vkIo(scripted);
    await until(() => scripted.polls.length === 1);
    await vk.updates.stop();
    scripted.release({ ts: '5', updates: [messageNew('после остановки')] });
    await vi.waitFor(() => expect(heard).toEqual(['после остановки']));
  });
});
