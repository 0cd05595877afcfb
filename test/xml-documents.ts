/** Texts as bytes of an encoding, without a mark. */
export const utf8 = (text: string) => Buffer.from(text, 'utf8')
export const latin1 = (text: string) => Buffer.from(text, 'latin1')
export const utf16 = (text: string) => Buffer.from(text, 'utf16le')
export const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

const marked = (mark: number[], body: Uint8Array) => Buffer.concat([Buffer.from(mark), body])

/** A piece many times. */
export const many = (piece: string, times: number) => piece.repeat(times)

/** A document that declares its encoding. */
export const declared = (encoding: string, text: string) =>
  `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`
/** Documents that are read: what they are, their bytes, and the text in them without the blanks around it. */
export const good: [string, Uint8Array, string][] = [
  ['plain', utf8('<a>x</a>'), 'x'],
  ['UTF-8 with its mark', utf8('\ufeff' + declared('UTF-8', 'Siân')), 'Siân'],
  [
    'UTF-8 declared in lower case with single quotes',
    utf8("<?xml version='1.0' encoding='utf-8'?><a>ŵ</a>"),
    'ŵ',
  ],
  ['UTF-16 little-endian', marked([0xff, 0xfe], utf16(declared('UTF-16', 'Llŷr'))), 'Llŷr'],
  ['UTF-16 big-endian', marked([0xfe, 0xff], utf16be(declared('utf-16', 'Llŷr'))), 'Llŷr'],
  ['ISO-8859-1', latin1(declared('ISO-8859-1', 'Siân')), 'Siân'],
  ['windows-1252', latin1(declared('windows-1252', 'O\x92Brien \x80')), 'O’Brien €'],
  ['an apostrophe', utf8("<a>O'Brien &apos;&#39;</a>"), "O'Brien ''"],
  ['composed and decomposed', utf8('<a>ŵ w\u0302</a>'), 'ŵ w\u0302'],
  ['beyond the first plane', utf8('<a>𝒳&#x1F600;</a>'), '𝒳😀'],
  ['the five entities', utf8('<a>&amp;&lt;&gt;&quot;&apos;</a>'), '&<>"\''],
  ['CDATA', utf8('<a><![CDATA[<&]]>x</a>'), '<&x'],
  ['standalone', utf8('<?xml version="1.0" standalone="yes"?><a>x</a>'), 'x'],
  ['comments and an instruction', utf8('<!-- a --><?x y?><a>x<!-- - --></a><!-- z -->\n'), 'x'],
  [
    'schema hints and XInclude, not followed',
    utf8(
      '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x http://x.invalid/x.xsd"><xi:include href="file:///etc/passwd"/>x</a>',
    ),
    'x',
  ],
  ['64 deep', utf8(many('<a>', 64) + 'x' + many('</a>', 64)), 'x'],
  ['a ">" in an attribute', utf8('<a b=">">x</a>'), 'x'],
]
