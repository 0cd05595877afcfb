/** Countries of birth and nationality: ISO 3166-1 with the former ones. As readCodeTable explains. */
export const COUNTRY_CODES = `
= country | CS088 | V | CBDS N00187, N00188; ISO 3166-1 | Country | Gwlad
AFG | Afghanistan | Affganistan
ALA | Åland Islands | Ynysoedd Åland
ALB | Albania | Albania
DZA | Algeria | Algeria
ASM | American Samoa | Samoa America
AND | Andorra | Andorra
AGO | Angola | Angola
AIA | Anguilla | Anguilla
ATA | Antarctica | Yr Antarctig
ATG | Antigua and Barbuda | Antigua a Barbuda
ARG | Argentina | Yr Ariannin
ARM | Armenia | Armenia
ABW | Aruba | Aruba
AUS | Australia | Awstralia
AUT | Austria | Awstria
AZE | Azerbaijan | Aserbaijan
BHS | The Bahamas | Y Bahamas
BHR | Bahrain | Bahrein
BGD | Bangladesh | Bangladesh
BRB | Barbados | Barbados
BLR | Belarus | Belarws
BEL | Belgium | Gwlad Belg
BLZ | Belize | Belîs
BEN | Benin | Benin
BMU | Bermuda | Bermiwda
BTN | Bhutan | Bhwtan
BOL | Bolivia | Bolifia
BES | Bonaire, Sint Eustatius and Saba | Bonaire, Sint Eustatius a Saba
BIH | Bosnia and Herzegovina | Bosnia a Hertsegofina
BWA | Botswana | Botswana
BVT | Bouvet Island | Ynys Bouvet
BRA | Brazil | Brasil
ATB | British Antarctic Territory | Tiriogaeth Brydeinig yr Antarctig | historic
IOT | British Indian Ocean Territory | Tiriogaeth Brydeinig Cefnfor India
BRN | Brunei | Brunei
BGR | Bulgaria | Bwlgaria
BFA | Burkina Faso | Burkina Faso
BUR | Burma | Byrma | historic
BDI | Burundi | Bwrwndi
BYS | Byelorussian SSR | GSS Belarws | historic
KHM | Cambodia | Cambodia
CMR | Cameroon | Camerŵn
CAN | Canada | Canada
CTE | Canton and Enderbury Islands | Ynysoedd Canton ac Enderbury | historic
CPV | Cape Verde | Cabo Verde
CYM | Cayman Islands | Ynysoedd Cayman
CAF | Central African Republic | Gweriniaeth Canolbarth Affrica
TCD | Chad | Tsiad
CHL | Chile | Chile
CHN | China | Tsieina
CXR | Christmas Island | Ynys y Nadolig
CCK | Cocos (Keeling) Islands | Ynysoedd Cocos (Keeling)
COL | Colombia | Colombia
COM | Comoros | Comoros
COG | Congo | Y Congo
COD | Democratic Republic of the Congo | Gweriniaeth Ddemocrataidd y Congo
COK | Cook Islands | Ynysoedd Cook
CRI | Costa Rica | Costa Rica
HRV | Croatia | Croatia
CUB | Cuba | Ciwba
CUW | Curaçao | Curaçao
CYP | Cyprus | Cyprus
CZE | Czech Republic | Y Weriniaeth Tsiec
CSK | Czechoslovakia | Tsiecoslofacia | historic
DHY | Dahomey | Dahomey | historic
YMD | Democratic Yemen | Gweriniaeth Ddemocrataidd Iemen | historic
DNK | Denmark | Denmarc
DJI | Djibouti | Djibouti
DMA | Dominica | Dominica
DOM | Dominican Republic | Gweriniaeth Dominica
ATN | Dronning Maud Land | Tir y Frenhines Maud | historic
TMP | East Timor | Dwyrain Timor | historic
ECU | Ecuador | Ecwador
EGY | Egypt | Yr Aifft
SLV | El Salvador | El Salfador
GNQ | Equatorial Guinea | Gini Gyhydeddol
ERI | Eritrea | Eritrea
EST | Estonia | Estonia
ETH | Ethiopia | Ethiopia
FLK | Falkland Islands | Ynysoedd y Falkland
FRO | Faroe Islands | Ynysoedd Ffaro
DEU | Germany | Yr Almaen
FJI | Fiji | Ffiji
FIN | Finland | Y Ffindir
FRA | France | Ffrainc
GUF | French Guiana | Guyane Ffrengig
PYF | French Polynesia | Polynesia Ffrengig
ATF | French Southern Territories | Tiroedd Deheuol Ffrainc
AFI | French Territory of Afars and Issas | Tiriogaeth Ffrengig yr Afariaid a’r Issas | historic
GAB | Gabon | Gabon
GMB | The Gambia | Gambia
GEO | Georgia | Georgia
DDR | German Democratic Republic | Gweriniaeth Ddemocrataidd yr Almaen | historic
GHA | Ghana | Ghana
GIB | Gibraltar | Gibraltar
GEL | Gilbert and Ellice Islands | Ynysoedd Gilbert ac Ellice | historic
GRC | Greece | Gwlad Groeg
GRL | Greenland | Yr Ynys Las
GRD | Grenada | Grenada
GLP | Guadeloupe | Guadeloupe
GUM | Guam | Guam
GTM | Guatemala | Guatemala
GGY | Guernsey | Ynys y Garn
GIN | Guinea | Gini
GNB | Guinea-Bissau | Gini Bisaw
GUY | Guyana | Guyana
HTI | Haiti | Haiti
HMD | Heard Island and McDonald Islands | Ynys Heard ac Ynysoedd McDonald
VAT | Holy See (Vatican City) | Dinas y Fatican
HND | Honduras | Hondwras
HKG | Hong Kong | Hong Kong
HUN | Hungary | Hwngari
ISL | Iceland | Gwlad yr Iâ
IND | India | India
IDN | Indonesia | Indonesia
IRN | Iran | Iran
IRQ | Iraq | Irac
IRL | Ireland | Iwerddon
IMN | Isle of Man | Ynys Manaw
ISR | Israel | Israel
ITA | Italy | Yr Eidal
CIV | Ivory Coast | Y Traeth Ifori
JAM | Jamaica | Jamaica
JPN | Japan | Japan
JEY | Jersey | Jersey
JTN | Johnston Atoll | Atol Johnston | historic
JOR | Jordan | Gwlad Iorddonen
KAZ | Kazakhstan | Casachstan
KEN | Kenya | Cenia
KIR | Kiribati | Kiribati
PRK | North Korea | Gogledd Corea
KOR | South Korea | De Corea
QOK | Kosovo | Cosofo
KWT | Kuwait | Coweit
KGZ | Kyrgyzstan | Cirgistan
LAO | Laos | Laos
LVA | Latvia | Latfia
LBN | Lebanon | Libanus
LSO | Lesotho | Lesotho
LBR | Liberia | Liberia
LBY | Libya | Libia
LIE | Liechtenstein | Liechtenstein
LTU | Lithuania | Lithwania
LUX | Luxembourg | Lwcsembwrg
MAC | Macao | Macau
MKD | North Macedonia | Gogledd Macedonia
MDG | Madagascar | Madagasgar
MWI | Malawi | Malawi
MYS | Malaysia | Maleisia
MDV | Maldives | Y Maldives
MLI | Mali | Mali
MLT | Malta | Malta
MHL | Marshall Islands | Ynysoedd Marshall
MTQ | Martinique | Martinique
MRT | Mauritania | Mawritania
MUS | Mauritius | Mawrisiws
MYT | Mayotte | Mayotte
MEX | Mexico | Mecsico
FSM | Micronesia | Micronesia
MID | Midway Islands | Ynysoedd Midway | historic
MDA | Moldova | Moldofa
MCO | Monaco | Monaco
MNG | Mongolia | Mongolia
MNE | Montenegro | Montenegro
MSR | Montserrat | Montserrat
MAR | Morocco | Moroco
MOZ | Mozambique | Mosambic
MMR | Myanmar | Myanmar
NAM | Namibia | Namibia
NRU | Nauru | Nawrw
NPL | Nepal | Nepal
NLD | Netherlands | Yr Iseldiroedd
ANT | Netherlands Antilles | Antilles yr Iseldiroedd | historic
NCL | New Caledonia | Caledonia Newydd
NHB | New Hebrides | Hebrides Newydd | historic
NZL | New Zealand | Seland Newydd
NIC | Nicaragua | Nicaragua
NER | Niger | Niger
NGA | Nigeria | Nigeria
NIU | Niue | Niue
NFK | Norfolk Island | Ynys Norfolk
MNP | Northern Mariana Islands | Ynysoedd Gogledd Mariana
NOR | Norway | Norwy
OMN | Oman | Oman
PAK | Pakistan | Pacistan
PLW | Palau | Palau
PSE | Palestine | Palesteina
PAN | Panama | Panama
PCZ | Panama Canal Zone | Parth Camlas Panama | historic
PNG | Papua New Guinea | Papua Guinea Newydd
PRY | Paraguay | Paraguay
PER | Peru | Periw
PHL | Philippines | Y Philipinau
PCN | Pitcairn | Ynysoedd Pitcairn
POL | Poland | Gwlad Pwyl
PRT | Portugal | Portiwgal
PRI | Puerto Rico | Puerto Rico
QAT | Qatar | Qatar
REU | Réunion | Réunion
ROU | Romania | Rwmania
RUS | Russia | Rwsia
RWA | Rwanda | Rwanda
BLM | Saint Barthélemy | Saint-Barthélemy
SHN | St Helena, Ascension and Tristan da Cunha | Saint Helena, Ynys y Dyrchafael a Tristan da Cunha
KNA | Saint Kitts and Nevis | Saint Kitts a Nevis
LCA | Saint Lucia | Saint Lucia
MAF | Saint Martin (French part) | Saint Martin (rhan Ffrainc)
SPM | Saint Pierre and Miquelon | Saint-Pierre a Miquelon
VCT | Saint Vincent and the Grenadines | Saint Vincent a’r Grenadines
WSM | Samoa | Samoa
SMR | San Marino | San Marino
STP | São Tomé and Príncipe | São Tomé a Príncipe
SAU | Saudi Arabia | Saudi Arabia
SEN | Senegal | Senegal
SRB | Serbia | Serbia
SCG | Serbia and Montenegro | Serbia a Montenegro | historic
SYC | Seychelles | Y Seychelles
SLE | Sierra Leone | Sierra Leone
SKM | Sikkim | Sikkim | historic
SGP | Singapore | Singapôr
SXM | Sint Maarten (Dutch part) | Sint Maarten (rhan yr Iseldiroedd)
SVN | Slovenia | Slofenia
SVK | Slovakia | Slofacia
SLB | Solomon Islands | Ynysoedd Solomon
SOM | Somalia | Somalia
ZAF | South Africa | De Affrica
SGS | South Georgia | De Georgia
SSD | South Sudan | De Swdan
VDR | South Vietnam | De Fietnam | historic
RHO | Southern Rhodesia | De Rhodesia | historic
ESP | Spain | Sbaen
ESH | Spanish Sahara | Sahara Sbaenaidd | historic
LKA | Sri Lanka | Sri Lanka
SDN | Sudan | Swdan
SUR | Suriname | Swrinam
SJM | Svalbard and Jan Mayen | Svalbard a Jan Mayen
SWZ | Eswatini | Eswatini
SWE | Sweden | Sweden
CHE | Switzerland | Y Swistir
SYR | Syria | Syria
TWN | Taiwan | Taiwan
TJK | Tajikistan | Tajicistan
TZA | Tanzania | Tansanïa
THA | Thailand | Gwlad Thai
TLS | Timor-Leste | Timor-Leste
TGO | Togo | Togo
TKL | Tokelau | Tokelau
TON | Tonga | Tonga
TTO | Trinidad and Tobago | Trinidad a Tobago
PCI | Trust Territory of the Pacific Islands | Tiriogaeth Ymddiriedol Ynysoedd y Môr Tawel | historic
TUN | Tunisia | Tiwnisia
TUR | Turkey | Twrci
TKM | Turkmenistan | Tyrcmenistan
TCA | Turks and Caicos Islands | Ynysoedd Turks a Caicos
TUV | Tuvalu | Twfalw
UGA | Uganda | Uganda
UKR | Ukraine | Wcráin
SUN | Soviet Union | Yr Undeb Sofietaidd | historic
ARE | United Arab Emirates | Yr Emiradau Arabaidd Unedig
GBR | United Kingdom | Y Deyrnas Unedig
USA | United States | Yr Unol Daleithiau
UMI | United States Minor Outlying Islands | Ynysoedd Pellennig yr Unol Daleithiau
PUS | United States Miscellaneous Pacific Islands | Ynysoedd Amrywiol yr Unol Daleithiau yn y Môr Tawel | historic
HVO | Upper Volta | Folta Uchaf | historic
URY | Uruguay | Uruguay
UZB | Uzbekistan | Wsbecistan
VUT | Vanuatu | Fanwatw
VEN | Venezuela | Feneswela
VNM | Vietnam | Fietnam
VGB | British Virgin Islands | Ynysoedd Gwyryf Prydain
VIR | United States Virgin Islands | Ynysoedd Gwyryf yr Unol Daleithiau
WAK | Wake Island | Ynys Wake | historic
WLF | Wallis and Futuna | Wallis a Futuna
YEM | Yemen | Iemen
YUG | Yugoslavia | Iwgoslafia | historic
ZAR | Zaire | Saïr | historic
ZMB | Zambia | Sambia
ZWE | Zimbabwe | Simbabwe
REF | Refused | Gwrthodwyd
NYO | Not yet obtained | Heb ei chael eto
STA | Stateless | Heb wladwriaeth
NKO | Not known | Anhysbys
`
