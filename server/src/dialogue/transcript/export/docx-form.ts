import {
  AlignmentType,
  BorderStyle,
  type ISpacingProperties,
  type ITableBordersOptions,
  Paragraph,
  type ParagraphChild,
} from 'docx';

/* The form of official documents: Decree 30/2020/ND-CP, appendix I. */

export const font = 'Times New Roman';

/** In half points. */
export const size = { text: 28, table: 26, small: 22 } as const;

/** Millimetres in twentieths of a point. */
export const mm = (length: number) => Math.round((length * 1_440) / 25.4);

export const page = {
  size: { width: mm(210), height: mm(297) },
  margin: {
    top: mm(20),
    bottom: mm(20),
    left: mm(30),
    right: mm(15),
    header: mm(10),
    footer: mm(10),
  },
};

/** What stands beside the text: times, reasons. */
export const quiet = { size: size.small, color: '555555' } as const;

export function centred(children: ParagraphChild[], spacing: ISpacingProperties = {}): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, spacing, children });
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };

export const withoutBorders: ITableBordersOptions = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
};
