import common from '../../locales/vi/common.ts';
import errors from '../../locales/vi/errors.ts';
import screen from '../../locales/vi/screen.ts';
import states from '../../locales/vi/states.ts';

export default { common, errors, screen, states };
