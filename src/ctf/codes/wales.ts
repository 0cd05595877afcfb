/**
 * What only files of Wales hold, in NAWdetails. The lists are not verified: they are those in general use, with the
 * codes that the DfE's exporter of 2026 writes; of the additional learning needs some codes only are known.
 * As readCodeTable explains.
 */
export const WELSH_CODES = `
= speak-welsh | | U | WSI 2011/1942 Sch 2; codes in general use | Fluency in Welsh | Rhuglder yn y Gymraeg
1 | Speaks Welsh fluently | Yn siarad Cymraeg yn rhugl
2 | Speaks Welsh, but not fluently | Yn siarad Cymraeg, ond nid yn rhugl
3 | Does not speak Welsh | Ddim yn siarad Cymraeg
9 | Not applicable or refused | Amherthnasol, neu gwrthodwyd ateb

= home-welsh | | U | WSI 2011/1942 Sch 2; codes in general use | Speaks Welsh at home | Yn siarad Cymraeg gartref
1 | Yes | Ydy
2 | No | Nac ydy
9 | Not applicable | Amherthnasol

= national-identity | | U | WSI 2011/1942 Sch 2; codes in general use | National identity | Hunaniaeth genedlaethol
WAL | Welsh | Cymreig
ENG | English | Seisnig
SCO | Scottish | Albanaidd
IRI | Irish | Gwyddelig
BRI | British | Prydeinig
OTH | Other | Arall
REF | Refused | Gwrthodwyd
NOB | Information not obtained | Gwybodaeth heb ei chael

= welsh-source | | U | WSI 2011/1942 Sch 2; codes in general use | Who gave the information | Pwy a roddodd yr wybodaeth
C | The child | Y plentyn
P | The parent | Y rhiant
S | The school | Yr ysgol
O | Other | Arall

= eal-acquisition | | U | WSI 2011/1942 Sch 2; letters as in CS089 | Acquisition of English as an additional language | Caffael Saesneg fel iaith ychwanegol
A | New to English | Saesneg yn newydd i’r disgybl
B | Early acquisition | Caffael iaith yn gynnar
C | Developing competence | Datblygu cymhwysedd
D | Competent | Cymwys
E | Fluent | Rhugl
N | Not applicable | Amherthnasol
0 | Not applicable | Amherthnasol

= curriculum-and-teaching | | U | form by DfE exporters, upper bound not verified | Curriculum and teaching methods for SEN | Cwricwlwm a dulliau addysgu ar gyfer AAA
CT1 | Level 1 | Lefel 1
CT2 | Level 2 | Lefel 2
CT3 | Level 3 | Lefel 3
CT4 | Level 4 | Lefel 4

= grouping-and-support | | U | form by DfE exporters, upper bound not verified | Grouping and support for SEN | Grwpio a chymorth ar gyfer AAA
GS1 | Level 1 | Lefel 1
GS2 | Level 2 | Lefel 2
GS3 | Level 3 | Lefel 3
GS4 | Level 4 | Lefel 4

= specialised-resources | | U | form by DfE exporters, upper bound not verified | Specialised resources for SEN | Adnoddau arbenigol ar gyfer AAA
SR1 | Level 1 | Lefel 1
SR2 | Level 2 | Lefel 2
SR3 | Level 3 | Lefel 3
SR4 | Level 4 | Lefel 4

= advice-and-assessment | | U | form by DfE exporters, upper bound not verified | Advice and assessment for SEN | Cyngor ac asesu ar gyfer AAA
AA1 | Level 1 | Lefel 1
AA2 | Level 2 | Lefel 2
AA3 | Level 3 | Lefel 3
AA4 | Level 4 | Lefel 4

= aln-outcome | | U | seen in the DfE exporter of CTF 26; the others are not known | Outcome of the ALN decision | Canlyniad y penderfyniad ADY
IDP | Individual development plan | Cynllun datblygu unigol

= aln-body | | U | seen in the DfE exporter of CTF 26; the others are not known | Who took the ALN decision | Pwy a wnaeth y penderfyniad ADY
SCH | The school | Yr ysgol

= aln-area | | U | seen in the DfE exporter of CTF 26; the others are not known | Area of additional learning need | Maes angen dysgu ychwanegol
BESD | Behaviour, emotional and social development | Datblygiad ymddygiadol, emosiynol a chymdeithasol
COIN | Communication and interaction | Cyfathrebu a rhyngweithio

= aln-type | | U | seen in the DfE exporter of CTF 26 and in general use | Additional learning need | Angen dysgu ychwanegol
ADHD | Attention deficit hyperactivity disorder | Anhwylder diffyg canolbwyntio a gorfywiogrwydd
ASD  | Autistic spectrum disorder | Anhwylder ar y sbectrwm awtistig
BESD | Behaviour, emotional and social difficulties | Anawsterau ymddygiadol, emosiynol a chymdeithasol
DYSC | Dyscalculia | Dyscalcwlia
DYSL | Dyslexia | Dyslecsia
DYSP | Dyspraxia | Dyspracsia
GLD  | General learning difficulties | Anawsterau dysgu cyffredinol
HI   | Hearing impairment | Nam ar y clyw
MLD  | Moderate learning difficulties | Anawsterau dysgu cymedrol
MSI  | Multi-sensory impairment | Nam amlsynhwyraidd
PMED | Physical and medical difficulties | Anawsterau corfforol a meddygol
PMLD | Profound and multiple learning difficulties | Anawsterau dysgu dwys a lluosog
SLCD | Speech, language and communication difficulties | Anawsterau lleferydd, iaith a chyfathrebu
SLD  | Severe learning difficulties | Anawsterau dysgu difrifol
VI   | Visual impairment | Nam ar y golwg
`
