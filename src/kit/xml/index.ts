/** XML 1.0, read safely and in one pass: the gate in front of everything that reads a file. */
export { NOT_TAKEN, XML_LIMITS, type XmlLimits, type XmlProblem } from './limits.ts'
export type { XmlEncoding } from './encoding.ts'
export { knowNames, type XmlName, type XmlNames } from './names.ts'
export { openXml, readXml, type XmlOptions, type XmlReading } from './read.ts'
export { FORBIDDEN } from './characters.ts'
export { TEXT, columnOf, type XmlFault, type XmlScan, type XmlSink } from './scan.ts'
export { textAt } from './text.ts'
