/** Attendance and assessments. As readCodeTable explains. */
export const LEARNING_CODES = String.raw`
= attendance | CS066 | V | CBDS N00165; later marks not verified | Attendance mark | Marc presenoldeb
/ | Present in the morning | Yn bresennol yn y bore
\ | Present in the afternoon | Yn bresennol yn y prynhawn
B | Educated off site | Yn cael ei addysgu oddi ar y safle
C | Absent for another authorised reason | Absennol am reswm arall a awdurdodwyd
D | Registered at another school too, and there | Wedi’i gofrestru mewn ysgol arall hefyd, ac yn bresennol yno
E | Excluded, without other provision | Wedi’i wahardd, heb ddarpariaeth arall
G | Family holiday that was not agreed | Gwyliau teuluol na chytunwyd arnynt
H | Family holiday that was agreed | Gwyliau teuluol y cytunwyd arnynt
I | Ill | Yn sâl
J | At an interview | Mewn cyfweliad
L | Late, before the register closed | Yn hwyr, cyn cau’r gofrestr
M | Medical or dental appointment | Apwyntiad meddygol neu ddeintyddol
N | Reason not yet given | Rheswm heb ei roi eto
O | Absent without authorisation | Absennol heb awdurdod
P | Approved sporting activity | Gweithgaredd chwaraeon a gymeradwywyd
R | Religious observance | Defodau crefyddol
S | Study leave | Absenoldeb astudio
T | Traveller absence | Absenoldeb teithwyr
U | Arrived after the register closed | Wedi cyrraedd ar ôl cau’r gofrestr
V | Educational visit or trip | Ymweliad neu daith addysgol
W | Work experience | Profiad gwaith
X | Not of compulsory school age | Heb fod o oedran ysgol gorfodol
Y | Unable to attend in exceptional circumstances | Yn methu mynychu oherwydd amgylchiadau eithriadol
Z | Not yet on roll | Heb fod ar y gofrestr eto
# | School closed | Yr ysgol ar gau
C1 | In a regulated performance or employment abroad | Mewn perfformiad a reoleiddir neu gyflogaeth dramor | unverified from=24
C2 | Part-time timetable of a pupil of compulsory school age | Amserlen ran-amser i ddisgybl o oedran ysgol gorfodol | unverified from=24
J1 | At an interview | Mewn cyfweliad | unverified from=24
K | Attending provision arranged by the LA | Yn mynychu darpariaeth a drefnwyd gan yr ALl | unverified from=24
Q | Unable to attend: no transport arranged | Yn methu mynychu: cludiant heb ei drefnu | unverified from=24
Y1 | Unable to attend: transport not available | Yn methu mynychu: cludiant heb fod ar gael | unverified from=24
Y2 | Unable to attend: widespread disruption to travel | Yn methu mynychu: tarfu eang ar deithio | unverified from=24
Y3 | Unable to attend: part of the school closed | Yn methu mynychu: rhan o’r ysgol ar gau | unverified from=24
Y4 | Unable to attend: school closed unexpectedly | Yn methu mynychu: yr ysgol ar gau yn annisgwyl | unverified from=24
Y5 | Unable to attend: in criminal justice detention | Yn methu mynychu: yn y ddalfa drwy’r system cyfiawnder troseddol | unverified from=24
Y6 | Unable to attend: public health guidance or law | Yn methu mynychu: canllawiau neu gyfraith iechyd y cyhoedd | unverified from=24
Y7 | Unable to attend: another unavoidable cause | Yn methu mynychu: achos anochel arall | unverified from=24

= stage | CS064 | V | CBDS N00156 | Assessment stage | Cyfnod asesu | keeps-history
AFL | Assessment for learning | Asesu ar gyfer dysgu
EYF | Early years foundation stage | Cyfnod sylfaen y blynyddoedd cynnar
FSP | Foundation stage | Cyfnod sylfaen | historic
KS0 | Baseline assessment | Asesiad gwaelodlin
KS1 | End of key stage 1 | Diwedd cyfnod allweddol 1
K1T | Key stage 1 trial | Treial cyfnod allweddol 1 | historic
K2P | Key stage 2 progression, teacher assessments (pilot) | Cynnydd cyfnod allweddol 2, asesiadau athrawon (peilot)
K3P | Key stage 3 progression, teacher assessments (pilot) | Cynnydd cyfnod allweddol 3, asesiadau athrawon (peilot)
KS2 | End of key stage 2 | Diwedd cyfnod allweddol 2
KS3 | End of key stage 3 | Diwedd cyfnod allweddol 3
KS4 | GCSE and other approved awards | TGAU a dyfarniadau cymeradwy eraill
KS5 | A level, AS level and other advanced studies | Safon Uwch, Safon UG ac astudiaethau uwch eraill
Y03 | Year 3 optional tests or teacher assessments | Profion dewisol neu asesiadau athrawon Blwyddyn 3
Y04 | Year 4 optional tests or teacher assessments | Profion dewisol neu asesiadau athrawon Blwyddyn 4
Y4X | Year 4 optional tests (of 1997) | Profion dewisol Blwyddyn 4 (1997)
Y05 | Year 5 optional tests or teacher assessments | Profion dewisol neu asesiadau athrawon Blwyddyn 5
Y07 | Year 7 optional tests or teacher assessments | Profion dewisol neu asesiadau athrawon Blwyddyn 7
Y7P | Year 7 progress tests | Profion cynnydd Blwyddyn 7 | historic
Y08 | Year 8 optional tests or teacher assessments | Profion dewisol neu asesiadau athrawon Blwyddyn 8
EAL | English as an additional language, level of acquisition | Saesneg fel iaith ychwanegol, lefel caffael
SEN | P scale assessment of special educational needs | Asesiad graddfa P o anghenion addysgol arbennig
SL2 | Single level test, level 2 | Prawf lefel unigol, lefel 2
SL3 | Single level test, level 3 | Prawf lefel unigol, lefel 3
SL4 | Single level test, level 4 | Prawf lefel unigol, lefel 4
SL5 | Single level test, level 5 | Prawf lefel unigol, lefel 5
SL6 | Single level test, level 6 | Prawf lefel unigol, lefel 6
W09 | World class tests, aged 9 | Profion o safon fyd-eang, 9 oed
W13 | World class tests, aged 13 | Profion o safon fyd-eang, 13 oed
NC2 | Welsh national curriculum, year 2 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 2
NC3 | Welsh national curriculum, year 3 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 3
NC4 | Welsh national curriculum, year 4 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 4
NC5 | Welsh national curriculum, year 5 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 5
NC6 | Welsh national curriculum, year 6 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 6
NC7 | Welsh national curriculum, year 7 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 7
NC8 | Welsh national curriculum, year 8 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 8
NC9 | Welsh national curriculum, year 9 | Cwricwlwm cenedlaethol Cymru, Blwyddyn 9

= locale | | V | CBDS N00088 | Assessment regime | Cyfundrefn asesu
ENG | England | Lloegr
WAL | Wales | Cymru
UNK | Unknown | Anhysbys | historic unverified

= result-status | CS014 | V | CBDS N00061 | Status of a result | Statws canlyniad
E | Estimate | Amcangyfrif
I | Interim | Interim
P | Provisional, subject to regrading or appeal | Dros dro, yn amodol ar ailraddio neu apêl
R | Result | Canlyniad
T | Target | Targed

= result-qualifier | CS094 | I | CBDS N00200; MT by the DfE exporters since | Kind of result | Math o ganlyniad
EG | Examination or post-14 qualification grade | Gradd arholiad neu gymhwyster ôl-14
EL | English as an additional language level (before NC level 2) | Lefel Saesneg fel iaith ychwanegol (cyn lefel 2 y cwricwlwm cenedlaethol)
FC | Foundation stage profile count | Cyfrif proffil y cyfnod sylfaen
FD | Foundation stage profile detail | Manylion proffil y cyfnod sylfaen
FS | Foundation stage profile score | Sgôr proffil y cyfnod sylfaen
IA | International Baccalaureate assessment | Asesiad y Fagloriaeth Ryngwladol
IG | International Baccalaureate grade point | Pwynt gradd y Fagloriaeth Ryngwladol
IR | International Baccalaureate final result | Canlyniad terfynol y Fagloriaeth Ryngwladol
IS | International Baccalaureate total of grade points | Cyfanswm pwyntiau gradd y Fagloriaeth Ryngwladol
LL | Assessment for learning level | Lefel asesu ar gyfer dysgu
MT | Multiplication tables check score | Sgôr y gwiriad tablau lluosi
NA | National curriculum age standardised score | Sgôr y cwricwlwm cenedlaethol wedi’i safoni yn ôl oedran
NB | National curriculum scaled score | Sgôr y cwricwlwm cenedlaethol wedi’i graddoli
NC | National curriculum performance descriptors | Disgrifyddion perfformiad y cwricwlwm cenedlaethol
ND | National curriculum level (with decimals) | Lefel y cwricwlwm cenedlaethol (gyda degolion)
NE | Welsh National Test progress score difference | Gwahaniaeth sgôr cynnydd Profion Cenedlaethol Cymru
NF | National curriculum level, finely graded | Lefel y cwricwlwm cenedlaethol, wedi’i graddio’n fanwl
NG | Welsh National Test progress score | Sgôr cynnydd Profion Cenedlaethol Cymru
NL | National curriculum level | Lefel y cwricwlwm cenedlaethol
NM | National curriculum task or test mark | Marc tasg neu brawf y cwricwlwm cenedlaethol
NN | National curriculum level (as a number) | Lefel y cwricwlwm cenedlaethol (fel rhif)
NO | National curriculum level (order) | Lefel y cwricwlwm cenedlaethol (trefn)
NP | SEN assessment level (P scale) | Lefel asesu AAA (graddfa P)
NQ | National curriculum level (QCA points score) | Lefel y cwricwlwm cenedlaethol (sgôr pwyntiau QCA)
NR | National curriculum test raw score | Sgôr grai prawf y cwricwlwm cenedlaethol
NS | National curriculum total mark | Cyfanswm marciau’r cwricwlwm cenedlaethol
NT | Assessment in the school’s own words | Asesiad yng ngeiriau’r ysgol ei hun
NY | Phonics screening check outcome | Canlyniad y gwiriad sgrinio ffoneg
RA | CEM reception baseline, age-corrected score | Sgôr asesiad gwaelodlin derbyn CEM, wedi’i chywiro yn ôl oedran
RC | CEM reception baseline score | Sgôr asesiad gwaelodlin derbyn CEM
RE | Early Excellence reception baseline score | Sgôr asesiad gwaelodlin derbyn Early Excellence
RN | NFER reception baseline score | Sgôr asesiad gwaelodlin derbyn NFER
RS | NFER reception baseline, age-adjusted score | Sgôr asesiad gwaelodlin derbyn NFER, wedi’i haddasu yn ôl oedran
RX | Early Excellence reception baseline results in words | Canlyniadau asesiad gwaelodlin derbyn Early Excellence mewn geiriau
`
