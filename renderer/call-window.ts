/** Where the call window starts: a page without calls, stores or sounds of its own. Main tells it what rings. */
import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';

import { createApp } from 'vue';

import { installBridge } from './bridge';
import { i18n } from './i18n';
import CallWindow from './views/CallWindow.vue';

installBridge(window.carillon);
createApp(CallWindow).use(i18n).mount('#app');
