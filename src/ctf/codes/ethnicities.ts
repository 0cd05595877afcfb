/** Ethnicities: the main codes, and the extended ones that are part of them. As readCodeTable explains. */
export const ETHNICITY_CODES = `
= ethnicity | CS080 | V | CBDS N00177 | Ethnicity | Grŵp ethnig
WBRI | White British | Gwyn Prydeinig
WCOR | White Cornish | Gwyn Cernywaidd | main=WBRI
WENG | White English | Gwyn Seisnig | main=WBRI
WSCO | White Scottish | Gwyn Albanaidd | main=WBRI
WWEL | White Welsh | Gwyn Cymreig | main=WBRI
WOWB | Other White British | Gwyn Prydeinig arall | main=WBRI
WIRI | White Irish | Gwyn Gwyddelig
WIRT | Traveller of Irish heritage | Teithiwr o dras Wyddelig
WOTH | Any other White background | Unrhyw gefndir Gwyn arall
WALB | Albanian | Albanaidd | main=WOTH
WBOS | Bosnian or Herzegovinian | Bosniaidd neu Hertsegofinaidd | main=WOTH
WCRO | Croatian | Croataidd | main=WOTH
WGRE | Greek or Greek Cypriot | Groegaidd neu Gypraidd Groegaidd | main=WOTH
WGRK | Greek | Groegaidd | main=WOTH
WGRC | Greek Cypriot | Cypraidd Groegaidd | main=WOTH
WITA | Italian | Eidalaidd | main=WOTH
WKOS | Kosovan | Cosofaidd | main=WOTH
WPOR | Portuguese | Portiwgalaidd | main=WOTH
WSER | Serbian | Serbaidd | main=WOTH
WTUR | Turkish or Turkish Cypriot | Twrcaidd neu Gypraidd Twrcaidd | main=WOTH
WTUK | Turkish | Twrcaidd | main=WOTH
WTUC | Turkish Cypriot | Cypraidd Twrcaidd | main=WOTH
WEUR | White European | Gwyn Ewropeaidd | main=WOTH
WEEU | White Eastern European | Gwyn o Ddwyrain Ewrop | main=WOTH
WWEU | White Western European | Gwyn o Orllewin Ewrop | main=WOTH
WOTW | White Other | Gwyn arall | main=WOTH
WROM | Gypsy or Roma | Sipsi neu Roma
WROG | Gypsy | Sipsi | main=WROM
WROR | Roma | Roma | main=WROM
WROO | Other Gypsy or Roma | Sipsi neu Roma arall | main=WROM
MWBC | White and Black Caribbean | Gwyn a Du Caribïaidd
MWBA | White and Black African | Gwyn a Du Affricanaidd
MWAS | White and Asian | Gwyn ac Asiaidd
MWAP | White and Pakistani | Gwyn a Phacistanaidd | main=MWAS
MWAI | White and Indian | Gwyn ac Indiaidd | main=MWAS
MWAO | White and any other Asian background | Gwyn ac unrhyw gefndir Asiaidd arall | main=MWAS
MOTH | Any other mixed background | Unrhyw gefndir cymysg arall
MAOE | Asian and any other ethnic group | Asiaidd ac unrhyw grŵp ethnig arall | main=MOTH
MABL | Asian and Black | Asiaidd a Du | main=MOTH
MACH | Asian and Chinese | Asiaidd a Tsieineaidd | main=MOTH
MBOE | Black and any other ethnic group | Du ac unrhyw grŵp ethnig arall | main=MOTH
MBCH | Black and Chinese | Du a Tsieineaidd | main=MOTH
MCOE | Chinese and any other ethnic group | Tsieineaidd ac unrhyw grŵp ethnig arall | main=MOTH
MWOE | White and any other ethnic group | Gwyn ac unrhyw grŵp ethnig arall | main=MOTH
MWCH | White and Chinese | Gwyn a Tsieineaidd | main=MOTH
MOTM | Other mixed background | Cefndir cymysg arall | main=MOTH
AIND | Indian | Indiaidd
APKN | Pakistani | Pacistanaidd
AMPK | Mirpuri Pakistani | Pacistanaidd Mirpuri | main=APKN
AKPA | Kashmiri Pakistani | Pacistanaidd Cashmiraidd | main=APKN
AOPK | Other Pakistani | Pacistanaidd arall | main=APKN
ABAN | Bangladeshi | Bangladeshaidd
AOTH | Any other Asian background | Unrhyw gefndir Asiaidd arall
AAFR | African Asian | Asiaidd Affricanaidd | main=AOTH
AKAO | Kashmiri, other | Cashmiraidd, arall | main=AOTH
ANEP | Nepali | Nepalaidd | main=AOTH
ASNL | Sri Lankan Sinhalese | Sri Lancaidd Sinhalaidd | main=AOTH
ASLT | Sri Lankan Tamil | Sri Lancaidd Tamilaidd | main=AOTH
ASRO | Sri Lankan, other | Sri Lancaidd, arall | main=AOTH
AOTA | Other Asian | Asiaidd arall | main=AOTH
BCRB | Black Caribbean | Du Caribïaidd
BAFR | Black African | Du Affricanaidd
BANN | Black Angolan | Du Angolaidd | main=BAFR
BCON | Black Congolese | Du Congolaidd | main=BAFR
BGHA | Black Ghanaian | Du Ghanaidd | main=BAFR
BNGN | Black Nigerian | Du Nigeriaidd | main=BAFR
BSLN | Black Sierra Leonean | Du Sierra Leonaidd | main=BAFR
BSOM | Black Somali | Du Somalaidd | main=BAFR
BSUD | Black Sudanese | Du Swdanaidd | main=BAFR
BAOF | Other Black African | Du Affricanaidd arall | main=BAFR
BOTH | Any other Black background | Unrhyw gefndir Du arall
BEUR | Black European | Du Ewropeaidd | main=BOTH
BNAM | Black North American | Du o Ogledd America | main=BOTH
BOTB | Other Black | Du arall | main=BOTH
CHNE | Chinese | Tsieineaidd
CHKC | Hong Kong Chinese | Tsieineaidd o Hong Kong | main=CHNE
CMAL | Malaysian Chinese | Tsieineaidd o Faleisia | main=CHNE
CSNG | Singaporean Chinese | Tsieineaidd o Singapôr | main=CHNE
CTWN | Taiwanese | Taiwanaidd | main=CHNE
COCH | Other Chinese | Tsieineaidd arall | main=CHNE
OOTH | Any other ethnic group | Unrhyw grŵp ethnig arall
OAFG | Afghan | Affganaidd | main=OOTH
OARA | Arab, other | Arabaidd, arall | main=OOTH
OEGY | Egyptian | Eifftaidd | main=OOTH
OFIL | Filipino | Ffilipinaidd | main=OOTH
OIRN | Iranian | Iranaidd | main=OOTH
OIRQ | Iraqi | Iracaidd | main=OOTH
OJPN | Japanese | Japaneaidd | main=OOTH
OKOR | Korean | Coreaidd | main=OOTH
OKRD | Kurdish | Cwrdaidd | main=OOTH
OLAM | Latin, South or Central American | Lladin-Americanaidd, neu o Dde neu Ganol America | main=OOTH
OLEB | Lebanese | Libanaidd | main=OOTH
OLIB | Libyan | Libiaidd | main=OOTH
OMAL | Malay | Maleiaidd | main=OOTH
OMRC | Moroccan | Morocaidd | main=OOTH
OPOL | Polynesian | Polynesaidd | main=OOTH
OTHA | Thai | Thai | main=OOTH
OVIE | Vietnamese | Fietnamaidd | main=OOTH
OYEM | Yemeni | Iemenaidd | main=OOTH
OOEG | Other ethnic group | Grŵp ethnig arall | main=OOTH
REFU | Refused | Gwrthodwyd
NOBT | Information not yet obtained | Gwybodaeth heb ei chael eto
`
