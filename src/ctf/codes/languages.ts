/** Languages. As readCodeTable explains. */
export const LANGUAGE_CODES = `
= language | CS005 | V | CBDS N00015 | Language | Iaith
ACL | Acholi | Acholi
ADA | Adangme | Adangmeg
AFA | Afar-Saho | Affareg a Saho
AFK | Afrikaans | Affricaneg
AKA | Akan or Twi-Fante | Acaneg neu Twi-Fante
ALB | Albanian | Albaneg
ALU | Alur | Alur
AMR | Amharic | Amhareg
ARA | Arabic | Arabeg
ARM | Armenian | Armeneg
ASM | Assamese | Asameg
ASR | Assyrian or Aramaic | Asyrieg neu Aramaeg
AYB | Anyi-Baule | Anyi-Baule
AYM | Aymara | Aymareg
AZE | Azeri | Aserbaijaneg
BAI | Bamileke (any) | Bamileke (unrhyw fath)
BAL | Balochi | Balwtsi
BEJ | Beja or Bedawi | Bejäeg neu Bedawi
BEL | Belarusian | Belarwseg
BEM | Bemba | Bembeg
BHO | Bhojpuri | Bhojpuri
BIK | Bikol | Bicoleg
BLT | Balti Tibetan | Tibeteg Balti
BMA | Burmese | Byrmaneg
BNG | Bengali | Bengaleg
BSL | British Sign Language | Iaith Arwyddion Prydain
BSQ | Basque | Basgeg
BUL | Bulgarian | Bwlgareg
CAM | Cambodian or Khmer | Chmereg (Cambodeg)
CAT | Catalan | Catalaneg
CCE | Caribbean Creole English | Creol Saesneg y Caribî
CCF | Caribbean Creole French | Creol Ffrangeg y Caribî
CGA | Chaga | Chaga
CGR | Chhattisgarhi or Khatahi | Chhattisgarhi neu Khatahi
CHE | Chechen | Tsietsieneg
CHI | Chinese | Tsieinëeg
CKW | Chokwe | Chokwe
CRN | Cornish | Cernyweg
CTR | Chitrali or Khowar | Chitrali neu Chowareg
CWA | Chichewa or Nyanja | Chichewa neu Nianja
CYM | Welsh | Cymraeg
CZE | Czech | Tsieceg
DAN | Danish | Daneg
DGA | Dagaare | Dagaare
DGB | Dagbane | Dagbane
DIN | Dinka or Jieng | Dinca neu Jieng
DUT | Dutch or Flemish | Iseldireg neu Fflemeg
DZO | Dzongkha or Bhutanese | Dzongkha (iaith Bhwtan)
EBI | Ebira | Ebira
EDO | Edo or Bini | Edo neu Bini
EFI | Efik-Ibibio | Efik-Ibibio
ENB | Believed to be English | Credir mai Saesneg ydyw
ENG | English | Saesneg
ESA | Esan or Ishan | Esan neu Ishan
EST | Estonian | Estoneg
EWE | Ewe | Ewe
EWO | Ewondo | Ewondo
FAN | Fang | Fang
FIJ | Fijian | Ffijïeg
FIN | Finnish | Ffinneg
FON | Fon | Fon
FRN | French | Ffrangeg
FUL | Fula or Fulfulde-Pulaar | Ffwla neu Fulfulde-Pulaar
GAA | Ga | Ga
GAE | Irish Gaelic | Gwyddeleg
GAL | Scottish Gaelic | Gaeleg yr Alban
GEO | Georgian | Georgeg
GER | German | Almaeneg
GGO | Gogo or Chigogo | Gogo neu Chigogo
GKY | Kikuyu | Cicwiw
GLG | Galician | Galisieg
GRE | Greek | Groeg
GRN | Guarani | Guaraní
GUJ | Gujarati | Gwjarati
GUN | Gurenne or Frafra | Gurenne neu Frafra
GUR | Gurma | Gurma
HAU | Hausa | Hawsa
HDK | Hindko | Hindko
HEB | Hebrew | Hebraeg
HER | Herero | Herero
HGR | Hungarian | Hwngareg
HIN | Hindi | Hindi
IBA | Iban | Ibaneg
IDM | Idoma | Idoma
IGA | Igala | Igala
IGB | Igbo | Igbo
IJO | Ijo (any) | Ijo (unrhyw fath)
ILO | Ilokano | Ilocaneg
ISK | Itsekiri | Itsekiri
ISL | Icelandic | Islandeg
ITA | Italian | Eidaleg
JAV | Javanese | Jafanaeg
JIN | Jinghpaw or Kachin | Jinghpaw neu Kachin
JPN | Japanese | Japaneeg
KAM | Kikamba | Kikamba
KAN | Kannada | Kannada
KAR | Karen (any) | Karen (unrhyw fath)
KAS | Kashmiri | Cashmireg
KAU | Kanuri | Canwri
KAZ | Kazakh | Casacheg
KCH | Katchi | Katchi
KGZ | Kyrgyz | Cirgiseg
KHA | Khasi | Khasi
KHY | Kihaya or Luziba | Kihaya neu Luziba
KIN | Kinyarwanda | Ciniarŵandeg
KIR | Kirundi | Rwndi (Kirundi)
KIS | Kisi (West Africa) | Kisi (Gorllewin Affrica)
KLN | Kalenjin | Kalenjin
KMB | Kimbundu | Kimbundu
KME | Kimeru | Kimeru
KNK | Konkani | Concani
KNY | Kinyakyusa-Ngonde | Kinyakyusa-Ngonde
KON | Kikongo | Congo (Kikongo)
KOR | Korean | Coreeg
KPE | Kpelle | Kpelle
KRI | Krio | Krio
KRU | Kru (any) | Kru (unrhyw fath)
KSI | Kisii or Ekegusii (Kenya) | Kisii neu Ekegusii (Cenia)
KSU | Kisukuma | Kisukuma
KUR | Kurdish | Cwrdeg
LAO | Lao | Laoeg
LBA | Luba | Luba
LGA | Luganda | Ganda (Luganda)
LGB | Lugbara | Lugbara
LGS | Lugisu or Lumasaba | Lugisu neu Lumasaba
LIN | Lingala | Lingala
LIT | Lithuanian | Lithwaneg
LNG | Lango (Uganda) | Lango (Uganda)
LOZ | Lozi or Silozi | Lozi neu Silozi
LSO | Lusoga | Soga (Lusoga)
LTV | Latvian | Latfieg
LTZ | Luxembourgish | Lwcsembwrgeg
LUE | Luvale or Luena | Luvale neu Luena
LUN | Lunda | Lwnda
LUO | Luo (Kenya and Tanzania) | Lŵo (Cenia a Tansanïa)
LUY | Luhya (any) | Luhya (unrhyw fath)
MAG | Magahi | Magahi
MAI | Maithili | Maithili
MAK | Makua | Makua
MAN | Manding or Malinke | Manding neu Malinke
MAO | Maori | Maori
MAR | Marathi | Marathi
MAS | Maasai | Masai
MDV | Maldivian or Dhivehi | Difehi (iaith y Maldives)
MEN | Mende | Mendeg
MKD | Macedonian | Macedoneg
MLG | Malagasy | Malagaseg
MLM | Malayalam | Malayalam
MLT | Maltese | Malteg
MLY | Malay or Indonesian | Maleieg neu Indoneseg
MNA | Magindanao-Maranao | Magindanao-Maranao
MNG | Mongolian (Khalkha) | Mongoleg (Khalkha)
MNX | Manx Gaelic | Manaweg
MOR | Moore or Mossi | Moore neu Mossi
MSC | Mauritian or Seychelles Creole | Creol Mawrisiws neu’r Seychelles
MUN | Munda (any) | Munda (unrhyw fath)
MYA | Maya (any) | Maia (unrhyw fath)
NAH | Nahuatl or Mexicano | Nahwatleg neu Mexicano
NAM | Nama or Damara | Nama neu Damara
NBN | Nubian (any) | Nwbieg (unrhyw fath)
NDB | Ndebele | Ndebele
NEP | Nepali | Nepaleg
NOR | Norwegian | Norwyeg
NOT | Information not obtained | Gwybodaeth heb ei chael
NUE | Nuer or Naadh | Nŵereg neu Naadh
NUP | Nupe | Nupe
NWA | Newari | Newaeg
NZM | Nzema | Nzema
OAM | Ambo or Oshiwambo | Ambo neu Oshiwambo
OGN | Ogoni (any) | Ogoni (unrhyw fath)
ORI | Oriya | Orïeg
ORM | Oromo | Oromo
OTB | Believed to be other than English | Credir mai iaith heblaw Saesneg ydyw
OTH | Other than English | Iaith heblaw Saesneg
OTL | Other language | Iaith arall
PAG | Pangasinan | Pangasineg
PAM | Pampangan | Pampangan
PAT | Pashto or Pakhto | Pashto neu Pakhto
PHA | Pahari or Himachali (India) | Pahari neu Himachali (India)
PHR | Pahari (Pakistan) | Pahari (Pacistan)
PNJ | Panjabi | Pwnjabeg
POL | Polish | Pwyleg
POR | Portuguese | Portiwgaleg
PRS | Persian or Farsi | Perseg (Ffarsi)
QUE | Quechua | Quechua
RAJ | Rajasthani or Marwari | Rajasthaneg neu Marwari
REF | Refused | Gwrthodwyd
RME | Romany or English Romanes | Romani Lloegr
RMI | Romani (international) | Romani (rhyngwladol)
RMN | Romanian | Rwmaneg
RMS | Romansh | Románsh
RNY | Runyakitara | Runyakitara
RUS | Russian | Rwseg
SAM | Samoan | Samöeg
SCB | Serbian, Croatian or Bosnian | Serbeg, Croateg neu Bosnieg
SCO | Scots | Sgoteg
SHL | Shilluk or Cholo | Shilluk neu Cholo
SHO | Shona | Shona
SID | Sidamo | Sidamo
SIO | Other sign language | Iaith arwyddion arall
SLO | Slovak | Slofaceg
SLV | Slovenian | Slofeneg
SND | Sindhi | Sindhi
SNG | Sango | Sango
SNH | Sinhala | Sinhaleg
SOM | Somali | Somaleg
SPA | Spanish | Sbaeneg
SRD | Sardinian | Sardeg
SRK | Saraiki | Siraici
SSO | Sotho or Sesotho | Sesotheg
SSW | Swazi or Siswati | Swati
STS | Tswana or Setswana | Tswana neu Setswana
SUN | Sundanese | Swndaneg
SWA | Swahili or Kiswahili | Swahili
SWE | Swedish | Swedeg
TAM | Tamil | Tamileg
TEL | Telugu | Telwgw
TEM | Temne | Timneg
TES | Teso or Ateso | Teso neu Ateso
TGE | Tigre | Tigreg
TGL | Tagalog or Filipino | Tagalog neu Ffilipineg
TGR | Tigrinya | Tigriniaeg
THA | Thai | Thai
TIB | Tibetan | Tibeteg
TIV | Tiv | Tifeg
TMZ | Berber or Tamazight | Berber neu Tamaseit
TNG | Tonga or Chitonga (Zambia) | Tonga neu Chitonga (Sambia)
TON | Tongan (Oceania) | Tongeg (Oceania)
TPI | Tok Pisin | Tok Pisin
TRI | Traveller Irish or Shelta | Iaith y Teithwyr Gwyddelig (Shelta)
TSO | Tsonga | Tsongaeg
TUK | Turkmen | Tyrcmeneg
TUL | Tulu | Tulu
TUM | Tumbuka | Twmbwca
TUR | Turkish | Tyrceg
UKR | Ukrainian | Wcreineg
UMB | Umbundu | Umbundu
URD | Urdu | Wrdw
URH | Urhobo-Isoko | Urhobo-Isoko
UYG | Uyghur | Uighur
UZB | Uzbek | Wsbeceg
VEN | Venda | Fendeg
VIE | Vietnamese | Fietnameg
VSY | Visayan or Bisaya | Bisaya (Visayan)
WAP | Wa-Paraok (South-East Asia) | Wa-Paraok (De-ddwyrain Asia)
WCP | West African Creole Portuguese | Creol Portiwgaleg Gorllewin Affrica
WOL | Wolof | Woloff
WPE | West African Pidgin English | Pidgin Saesneg Gorllewin Affrica
XHO | Xhosa | Xhosa
YAO | Yao or Chiyao (East Africa) | Yao neu Chiyao (Dwyrain Affrica)
YDI | Yiddish | Iddew-Almaeneg
YOR | Yoruba | Iorwba
ZND | Zande | Zande
ZUL | Zulu | Swlw
ZZZ | Classification pending | Heb ei dosbarthu eto
`
