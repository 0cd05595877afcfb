/** The file itself and the pupil's place in a school. As readCodeTable explains. */
export const ADMINISTRATION_CODES = `
= document-qualifier | CS039 | V | CBDS N00611 | Kind of transfer file | Math o ffeil drosglwyddo | any-case
FULL    | Full | Llawn
PARTIAL | Partial | Rhannol

= data-qualifier | CS065 | V | CBDS N00619 | Content of a partial file | Cynnwys ffeil rannol
FPH | Welsh Foundation Phase | Y Cyfnod Sylfaen (Cymru)
FSM | Free school meal eligibility | Cymhwysedd i gael prydau ysgol am ddim
FSP | Early years foundation stage | Cyfnod sylfaen y blynyddoedd cynnar (Lloegr)
KS1 | Key stage 1 | Cyfnod allweddol 1
KS2 | Key stage 2 | Cyfnod allweddol 2
KS3 | Key stage 3 | Cyfnod allweddol 3
OTH | Items chosen by the sender | Eitemau a ddewiswyd gan yr anfonwr
PHO | Year 1 phonics check | Gwiriad ffoneg Blwyddyn 1
ULN | Unique learner numbers | Rhifau unigryw dysgwyr
WNT | Welsh National Tests | Profion Cenedlaethol Cymru
CMJ | Pupils who joined the school | Disgyblion a ymunodd â’r ysgol
CML | Pupils who left the school | Disgyblion a adawodd yr ysgol

= uk-country | CS059 | V | CBDS N00277 | Country of the United Kingdom | Gwlad yn y Deyrnas Unedig
ENG | England | Lloegr
NIR | Northern Ireland | Gogledd Iwerddon
SCT | Scotland | Yr Alban
WLS | Wales | Cymru

= enrolment-status | CS007 | V | CBDS N00017 | Enrolment status | Statws cofrestru
C | Current (registered at this school only) | Cyfredol (wedi’i gofrestru yn yr ysgol hon yn unig)
M | Current, main school (dual registration) | Cyfredol, prif ysgol (cofrestriad deuol)
S | Current, subsidiary school (dual registration) | Cyfredol, ysgol atodol (cofrestriad deuol)
F | Further education college | Coleg addysg bellach
O | Other provider | Darparwr arall
G | Guest (not registered here, attends some lessons) | Gwestai (heb ei gofrestru yma, yn mynychu rhai gwersi)
P | Previous pupil | Cyn-ddisgybl

= nc-year | CS086 | V | CBDS N00182 | National curriculum year group | Grŵp blwyddyn y cwricwlwm cenedlaethol
E1 | Early years, first year | Blynyddoedd cynnar, blwyddyn gyntaf
E2 | Early years, second year | Blynyddoedd cynnar, ail flwyddyn
N1 | Nursery, first year | Meithrin, blwyddyn gyntaf
N2 | Nursery, second year | Meithrin, ail flwyddyn
R  | Reception | Derbyn
1  | Year 1 | Blwyddyn 1
2  | Year 2 | Blwyddyn 2
3  | Year 3 | Blwyddyn 3
4  | Year 4 | Blwyddyn 4
5  | Year 5 | Blwyddyn 5
6  | Year 6 | Blwyddyn 6
7  | Year 7 | Blwyddyn 7
8  | Year 8 | Blwyddyn 8
9  | Year 9 | Blwyddyn 9
10 | Year 10 | Blwyddyn 10
11 | Year 11 | Blwyddyn 11
12 | Year 12 | Blwyddyn 12
13 | Year 13 | Blwyddyn 13
14 | Year 14 | Blwyddyn 14
M  | Mixed year class (of a class, not of a pupil) | Dosbarth blynyddoedd cymysg (am ddosbarth, nid am ddisgybl)
X  | National curriculum year groups not followed | Heb fod yn dilyn grwpiau blwyddyn y cwricwlwm cenedlaethol

= removal-grounds | CS099 | I | CBDS N00210; new regulations since 2024 | Grounds for removal from the register | Sail dros ddileu o’r gofrestr
A | School attendance order changed or revoked | Gorchymyn mynychu’r ysgol wedi’i newid neu ei ddirymu
B | Registered at another school | Wedi’i gofrestru mewn ysgol arall
C | Dual registration ended, stays at the other school | Cofrestriad deuol wedi dod i ben, yn aros yn yr ysgol arall
D | Education other than at school | Addysg heblaw yn yr ysgol
E | No longer lives within reasonable distance | Heb fod yn byw o fewn pellter rhesymol mwyach
F | Did not return within 10 days of exceptional leave | Heb ddychwelyd o fewn 10 diwrnod ar ôl caniatâd eithriadol i fod yn absennol
G | Health: unlikely to be fit to attend | Iechyd: annhebygol o fod yn ddigon iach i fynychu
H | Unauthorised absence of 20 days or more | Absenoldeb anawdurdodedig am 20 diwrnod neu fwy
I | Detained by a court order | Wedi’i gadw’n gaeth drwy orchymyn llys
J | Deceased | Wedi marw
K | No longer of compulsory school age | Heb fod o oedran ysgol gorfodol mwyach
L | Left the school (not a maintained school) | Wedi gadael yr ysgol (ysgol nas cynhelir)
M | Permanent exclusion | Gwaharddiad parhaol
N | Completed nursery education | Wedi cwblhau addysg feithrin
O | Boarding fees not paid | Ffioedd byrddio heb eu talu

= leaving-reason | CS097 | V | CBDS N00179 | Reason for leaving | Rheswm dros adael
PM | End of phase, to a maintained school | Diwedd cyfnod, i ysgol a gynhelir
PI | End of phase, to an independent school | Diwedd cyfnod, i ysgol annibynnol
PF | End of phase, to a further education or sixth form college | Diwedd cyfnod, i goleg addysg bellach neu goleg chweched dosbarth
IM | During the year, to a maintained school | Yn ystod y flwyddyn, i ysgol a gynhelir
II | During the year, to an independent school | Yn ystod y flwyddyn, i ysgol annibynnol
IF | During the year, to a further education or sixth form college | Yn ystod y flwyddyn, i goleg addysg bellach neu goleg chweched dosbarth
NH | Normal leaving age, to higher education | Oedran gadael arferol, i addysg uwch
NT | Normal leaving age, to training | Oedran gadael arferol, i hyfforddiant
NE | Normal leaving age, to employment | Oedran gadael arferol, i gyflogaeth
NU | Normal leaving age, unemployed | Oedran gadael arferol, yn ddi-waith
AT | Apprenticeship, training or employment, aged 16 to 18 | Prentisiaeth, hyfforddiant neu gyflogaeth, 16 i 18 oed
EL | Elective home education | Addysg ddewisol yn y cartref
PE | Permanent exclusion | Gwaharddiad parhaol
LC | Left the country | Wedi gadael y wlad
DD | Deceased | Wedi marw
OR | Other reason | Rheswm arall
MI | Missing pupil | Disgybl ar goll
UK | Unknown | Anhysbys
NI | Nursery to infant school | Meithrin i ysgol fabanod | historic
IJ | Infant to junior or primary school | Ysgol fabanod i ysgol iau neu gynradd | historic
FM | First to middle school | Ysgol gyntaf i ysgol ganol | historic
JS | Junior or primary to secondary school | Ysgol iau neu gynradd i ysgol uwchradd | historic
MS | Middle to secondary school | Ysgol ganol i ysgol uwchradd | historic
ST | Changed school during the year | Wedi newid ysgol yn ystod y flwyddyn | historic
EO | Education other than at school or college | Addysg heblaw yn yr ysgol neu’r coleg | historic
EM | Emigration | Ymfudo | historic
MD | Military deployment of a parent | Rhiant wedi’i anfon i wasanaethu gyda’r lluoedd arfog | historic
FE | Left for further education | Wedi gadael i fynd i addysg bellach | historic
HE | Left for higher education | Wedi gadael i fynd i addysg uwch | historic
TR | Left for training | Wedi gadael i gael hyfforddiant | historic
WK | Left for employment | Wedi gadael i gael gwaith | historic
UN | Left, unemployed | Wedi gadael, yn ddi-waith | historic
OS | Left for another school’s sixth form | Wedi gadael i fynd i chweched dosbarth ysgol arall | historic
OT | Other or unknown | Arall neu anhysbys | historic
`
