import { ParseOption, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm'

/** What libxml2 makes of a document. */
export interface PeerVerdict {
  /**
   * By XML 1.0. Null where all that it says is against XML Namespaces, e.g. of a prefix that is not declared: it has
   * then not looked at what stands behind the root.
   */
  wellFormed: boolean | null
  /** By the schema, and by XML Namespaces. */
  valid: boolean
  /** What it says, a line each; empty where it is valid. */
  said: string
}

/** libxml2 with one schema. */
export interface Peer {
  verdict(document: Uint8Array): PeerVerdict
  dispose(): void
}

/** No entity and no document from elsewhere is loaded. */
const OPTIONS = { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE }

/** Its level of what is not well formed; what is merely against XML Namespaces has a lower one. */
const FATAL = 3

/** Makes libxml2 ready to validate by a schema. Throws its error when it does not accept the schema. */
export function openLibxml2(schema: string): Peer {
  const parsed = XmlDocument.fromString(schema, OPTIONS)
  const validator = XsdValidator.fromDoc(parsed)
  return {
    verdict(document) {
      const opened = parse(document)
      if (!(opened instanceof XmlDocument)) return opened
      try {
        validator.validate(opened)
        return { wellFormed: true, valid: true, said: '' }
      } catch (error) {
        if (error instanceof XmlLibError)
          return { wellFormed: true, valid: false, said: error.message.trim() }
        throw error
      } finally {
        opened.dispose()
      }
    },
    dispose() {
      validator.dispose()
      parsed.dispose()
    },
  }
}

function parse(document: Uint8Array): XmlDocument | PeerVerdict {
  try {
    return XmlDocument.fromBuffer(document, OPTIONS)
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    // without any diagnosis there is no document at all
    const isFatal = error.details.length === 0 || error.details.some(({ level }) => level === FATAL)
    return { wellFormed: isFatal ? false : null, valid: false, said: error.message.trim() }
  }
}
