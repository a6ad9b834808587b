import common from '../../locales/en/common.ts';
import errors from '../../locales/en/errors.ts';
import phone from '../../locales/en/phone.ts';
import states from '../../locales/en/states.ts';

export default { common, errors, phone, states };
