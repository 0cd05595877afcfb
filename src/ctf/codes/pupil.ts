/** Who the pupil is and what the pupil needs. As readCodeTable explains. */
export const PUPIL_CODES = `
= sex | CS001 | V | CBDS N00007; DfE exporters of 2025 | Sex | Rhyw
M | Male | Gwryw
F | Female | Benyw

= service-child | CS006 | V | CBDS N00093 | Child of service personnel | Plentyn i aelod o’r lluoedd arfog
Y | Yes | Ydy
N | No | Nac ydy
U | Unknown | Anhysbys
R | Refused | Gwrthodwyd

= source | CS093 | V | CBDS N00198, N00199 | Who gave the information | Pwy a roddodd yr wybodaeth
C | The child | Y plentyn
P | The parent | Y rhiant
S | The school | Yr ysgol | unverified
T | The previous school | Yr ysgol flaenorol | unverified
O | Other | Arall | unverified

= proficiency-in-english | CS089 | V | CBDS N00196 | Proficiency in English | Hyfedredd yn y Saesneg
A | New to English | Saesneg yn newydd i’r disgybl
B | Early acquisition | Caffael iaith yn gynnar
C | Developing competence | Datblygu cymhwysedd
D | Competent | Cymwys
E | Fluent | Rhugl
N | Not yet assessed | Heb ei asesu eto

= language-type | CS057 | V | CBDS N00107 | Use of a language | Defnydd o iaith
F | First language | Iaith gyntaf
M | One of several first languages | Un o sawl iaith gyntaf
H | Home language | Iaith y cartref
T | Language of tuition | Iaith yr addysgu
S | Second language | Ail iaith
C | Language of correspondence | Iaith gohebiaeth
U | Language of tuition, school in the UK | Iaith yr addysgu, ysgol yn y Deyrnas Unedig
V | Language of tuition, community | Iaith yr addysgu, cymuned
W | Language of tuition, outside the UK | Iaith yr addysgu, y tu allan i’r Deyrnas Unedig

= disability | CS052 | V | CBDS N00622 | Disability | Anabledd
NCOL | Not collected | Heb ei gasglu
NONE | No disability | Dim anabledd
MOB  | Mobility | Symudedd
HAND | Hand function | Defnydd o’r dwylo
PC   | Personal care | Gofal personol
EAT  | Eating and drinking | Bwyta ac yfed
MED  | Medication | Meddyginiaeth
INC  | Incontinence | Anymataliaeth
COMM | Communication | Cyfathrebu
LD   | Learning | Dysgu
HEAR | Hearing | Clyw
VIS  | Vision | Golwg
BEH  | Behaviour | Ymddygiad
CON  | Consciousness | Ymwybyddiaeth
AUT  | Autism or Asperger syndrome | Awtistiaeth neu syndrom Asperger
DDA  | Palliative care needs | Anghenion gofal lliniarol
OTH  | Other disability or health problem | Anabledd neu broblem iechyd arall

= sen-provision | CS096 | V | CBDS N00209 | Special educational needs provision | Darpariaeth anghenion addysgol arbennig | keeps-history
N | No special educational need | Dim angen addysgol arbennig
E | Education, health and care plan | Cynllun addysg, iechyd a gofal
K | SEN support | Cymorth AAA
S | Statement | Datganiad | historic
A | School action or early years action | Gweithredu gan yr Ysgol neu yn y Blynyddoedd Cynnar | historic
P | School action plus or early years action plus | Gweithredu gan yr Ysgol a Mwy neu yn y Blynyddoedd Cynnar a Mwy | historic

= sen-type | CS071 | V | CBDS N00166 | Type of special educational need | Math o angen addysgol arbennig
SPLD | Specific learning difficulty | Anhawster dysgu penodol
MLD  | Moderate learning difficulty | Anhawster dysgu cymedrol
SLD  | Severe learning difficulty | Anhawster dysgu difrifol
PMLD | Profound and multiple learning difficulty | Anhawster dysgu dwys a lluosog
SEMH | Social, emotional and mental health | Iechyd cymdeithasol, emosiynol a meddyliol
SLCN | Speech, language and communication needs | Anghenion lleferydd, iaith a chyfathrebu
HI   | Hearing impairment | Nam ar y clyw
VI   | Vision impairment | Nam ar y golwg
MSI  | Multi-sensory impairment | Nam amlsynhwyraidd
PD   | Physical disability | Anabledd corfforol
ASD  | Autistic spectrum disorder | Anhwylder ar y sbectrwm awtistig
OTH  | Other difficulty or disability | Anhawster neu anabledd arall
NSA  | SEN support, type of need not yet assessed by a specialist | Cymorth AAA, heb asesiad arbenigol o’r math o angen
BESD | Behaviour, emotional and social difficulties | Anawsterau ymddygiadol, emosiynol a chymdeithasol | historic
DS   | Down syndrome | Syndrom Down | unverified from=24

= concern | CS103 | V | CBDS N00628 to N00630 | Concern about a service child | Pryder am blentyn i aelod o’r lluoedd arfog
NONE | No concerns | Dim pryderon
ACAD | Academic impact | Effaith academaidd
EMOT | Emotional impact | Effaith emosiynol
BOTH | Academic and emotional impact | Effaith academaidd ac emosiynol

= relationship | CS012 | V | CBDS N00092 | Relationship to the pupil | Perthynas â’r disgybl
CAR | Carer | Gofalwr
CHM | Childminder | Gwarchodwr plant
DOC | Doctor | Meddyg
FAM | Other family member | Aelod arall o’r teulu
FOF | Foster father | Tad maeth
FOM | Foster mother | Mam faeth
HTC | Headteacher | Pennaeth
OTH | Other contact | Cyswllt arall
PAF | Father | Tad
PAM | Mother | Mam
REL | Other relative | Perthynas arall
RLG | Religious or spiritual contact | Cyswllt crefyddol neu ysbrydol
STF | Stepfather | Llystad
STM | Stepmother | Llysfam
SWR | Social worker | Gweithiwr cymdeithasol
TCH | Teacher | Athro neu athrawes

= phone-type | CS011 | V | CBDS N00089, N00090 | Type of telephone | Math o ffôn
F | Fax | Ffacs
H | Home | Cartref
A | Other home | Cartref arall
M | Mobile | Symudol
W | Work | Gwaith
D | Minicom (for deaf people) | Minicom (i bobl fyddar)
`
