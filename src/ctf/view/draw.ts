import { drawAttendance } from './draw-attendance.ts'
import { drawMarks } from './draw-marks.ts'
import { drawResults } from './draw-results.ts'
import type { Picture } from './shape.ts'
import type { Language } from './words.ts'

/**
 * A picture as SVG for a page: 320 units wide, without inline style, told apart by pattern and letter and not by colour
 * alone, readable in black and white. It has a title and a description; the tables beside it say the same.
 * @param id unique on the page: letters, digits and hyphens
 */
export function drawPicture(picture: Picture, id: string, language: Language): string {
  if (picture.is === 'attendance') return drawAttendance(picture.years, id, language)
  if (picture.is === 'marks') return drawMarks(picture, id, language)
  return drawResults(picture, id, language)
}
