import common from '../../locales/vi/common.ts';
import errors from '../../locales/vi/errors.ts';
import phone from '../../locales/vi/phone.ts';
import states from '../../locales/vi/states.ts';

export default { common, errors, phone, states };
