import common from '../../locales/en/common.ts';
import errors from '../../locales/en/errors.ts';
import screen from '../../locales/en/screen.ts';
import states from '../../locales/en/states.ts';

export default { common, errors, screen, states };
