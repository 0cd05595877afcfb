/** What stands in lists of things with bars between them. */
export function listed(...lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split('|'))
}

/** Values that many an element must not have, and some that it may have in spite of their look. */
export const ODD_VALUES: readonly string[] = listed(
  '| |\n|\t\r\n|0|00|-0|-1|+1|1.5|1,5|.5|5.|1e3|007|4 5|٣|１|400|401|1000|999999999999|1000000000000',
  '9999999999999999|NaN|INF|true|TRUE|True|yes|false|1|2|T',
  '2026-09-01|2026-9-1|2026-02-30|2024-02-29|2023-02-29|2026-13-01|2026-00-10|01/09/2026|0999-01-01',
  '1000-01-01|2999-12-31|3000-01-01|12026-01-01|-2026-01-01|2026-09-01Z|2026-09-01+01:00',
  '2026-09-01T10:00:00|2026-09-01T24:00:00|2026-09-01T23:59:60|2026-09-01 10:00:00',
  '2026-09-01T10:00:00Z|2026-09-01T10:00:00.5|2026-09-01T10:00|2026-02-30T10:00:00',
  '0001-01-01T10:00:00|1999|0999|2999|3000|99|20266|25.0|26.0|26|26.00|12.0|99.0|full|FULL|Full|KS1',
  'ks2|M|F|m|X|Z|U|N|Y|WBRI|wbri|ENG|ENGX|GBR|NOBT|ZZZZ|R|E1|681|68|6811|XXX|xxx|MMM|NAA|ULN|999',
  '000|4039|403|40390|LLLL|llll|XXXX|402011|40201|4020110|H801200001001|h801200001001|H80120000100A',
  'H80120000100I|I801200001001|A801200001001|H8012000010011|1000000027|0000000027|1000000028',
  '123456789012A|12345A678901A|NP20 1AA|NP201AA|np20 1aa|NP20  1AA|BFPO 12|BFPO12|N/A|02920180123',
  '+44 29 2018 0123|a@example.org|a@@example.org|a|@|a b@example.org',
  `${'a'.repeat(128)}@example.org|${'9'.repeat(40)}`,
  'Siân|w\u0302w\u0302|𝒳😀|O&apos;Brien|&lt;b&gt;|&#65;|&#x20;|&#xA0;|\u00a0|\u3000|\u2028|a  b| a',
  'a |\n  a\n|a\tb|a&#10;b|&#9;|<![CDATA[x]]>|<![CDATA[ ]]>|<!-- x -->|<?x?>|a<!-- b -->c',
  'Common Transfer File|Common  Transfer File|common transfer file|Admissions Data Transfer File',
)

/** Lengths at which some element's value becomes too long, and one more. */
const LENGTHS = [1, 2, 3, 4, 7, 9, 13, 20, 30, 35, 40, 45, 100, 254, 255, 500, 999, 3000]

/** A value of one of these lengths or one more, of letters of one sort. */
export function longValue(pick: <T>(list: readonly T[]) => T): string {
  return pick(['x', 'A', '1', 'ŵ', '😀']).repeat(pick(LENGTHS) + pick([0, 1]))
}
