/** Begins the sandbox's page: theme of the system, tokens of VK, everything in one root. */
import { AdaptivityProvider, AppRoot, ConfigProvider } from '@vkontakte/vkui';
import '@vkontakte/vkui/dist/vkui.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './style/frame.css';
import './style/dialogs.css';
import './style/talk.css';
import './style/message.css';
import './style/attached.css';
import './style/panel.css';
import './style/phone.css';

const TOKENS = { light: 'vkui--vkBase--light', dark: 'vkui--vkBase--dark' };

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ConfigProvider platform="vkcom" tokensClassNames={TOKENS} locale="ru">
      <AdaptivityProvider>
        <AppRoot>
          <App />
        </AppRoot>
      </AdaptivityProvider>
    </ConfigProvider>
  </StrictMode>,
);
