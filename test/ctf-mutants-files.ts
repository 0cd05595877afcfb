import { sampleCtf } from '../src/ctf/sample.ts'
import type { XsdRoot } from '../src/ctf/xsd.ts'

// Valid files of every version and kind, which mutants are made of. Everybody in them is invented.

/** A file that the schema of its version takes. */
export interface ValidFile {
  title: string
  version: number
  root: XsdRoot
  xml: string
}

/** Every version that is modelled. */
export const VERSIONS: readonly number[] = Array.from({ length: 15 }, (_, index) => 12 + index)

/** All of them: an invented full file of each version, and files that a person wrote. */
export function validFiles(): ValidFile[] {
  const samples = VERSIONS.map((version) => ({ title: `sample ${version}`, version, xml: sample(version) }))
  const written = [
    { title: 'every block of 18', version: 18, xml: file(18, 'full', EVERY_BLOCK) },
    { title: 'Wales 26', version: 26, xml: file(26, 'full', WALES) },
    { title: 'addresses 12', version: 12, xml: file(12, 'full', ADDRESSES) },
    { title: 'multiplication check 21', version: 21, xml: file(21, 'partial', MULTIPLICATION, KS2) },
    { title: 'ULN request 14', version: 14, xml: file(14, 'partial', ULN_REQUEST, ULN) },
    { title: 'free meals 26', version: 26, xml: file(26, 'partial', FREE_MEALS, FSM) },
    { title: 'leaver to the authority 17', version: 17, xml: file(17, 'partial', LEAVER, CML) },
    { title: 'core items 26', version: 26, xml: file(26, 'full', '') },
  ]
  const admissions = [15, 26].map((version) => ({
    title: `admissions ${version}`,
    version,
    xml: admissionsFile(version),
    root: 'ATfile' as const,
  }))
  return [...[...samples, ...written].map((one) => ({ ...one, root: 'CTfile' as const })), ...admissions]
}

function sample(version: number): string {
  const asked = { pupils: 1, seed: version, source: '6814039', destination: '6804020' }
  const { bytes } = sampleCtf({ ...asked, today: `20${version}-11-22` })
  return Buffer.from(bytes).toString()
}

const KS2 = '<DataQualifier>KS2</DataQualifier><DataDescriptor>Key stage 2 results</DataDescriptor>'
const ULN = '<DataQualifier>ULN</DataQualifier>'
const FSM = '<DataQualifier>FSM</DataQualifier>'
const CML = '<DataQualifier>CML</DataQualifier>'

/** A file of one pupil: the core items, and `blocks` behind them. */
function file(version: number, qualifier: string, blocks: string, data = ''): string {
  const sex = version < 23 ? '<Gender>F</Gender>' : '<Sex>F</Sex>'
  const year = version < 13 ? '' : `<AcademicYear>20${version}</AcademicYear>`
  const urn = version < 18 ? '' : '<URN>402011</URN>'
  return `<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>${version}.0</CTFversion>
<DateTime>20${version}-11-20T10:00:00</DateTime><DocumentQualifier>${qualifier}</DocumentQualifier>${data}
<SupplierID>Tests</SupplierID><SourceSchool><LEA>681</LEA><Estab>4039</Estab>${urn}
<SchoolName>Ysgol Ddychmygol</SchoolName>${year}</SourceSchool>
<DestSchool><LEA>680</LEA><Estab>4020</Estab></DestSchool>${suppInfo('Header')}</Header>
<CTFpupilData><Pupil><UPN>H801200001001</UPN><Surname>Llewelyn</Surname><Forename>Siân</Forename>
<DOB>2009-03-01</DOB>${sex}${blocks}${suppInfo('Pupil')}</Pupil></CTFpupilData></CTfile>`
}

/** The sister file of two children who were offered a place: one has been to a school, one has not. */
function admissionsFile(version: number): string {
  const sex = version < 23 ? '<Gender>M</Gender>' : '<Sex>M</Sex>'
  return `<ATfile><Header><DocumentName>Admissions Data Transfer File</DocumentName><ATFversion>${version}.0</ATFversion>
<DateTime>20${version}-03-01T10:00:00</DateTime><DocumentQualifier>full</DocumentQualifier>
<SupplierID>Tests</SupplierID><SourceSchool><LEA>681</LEA><Estab>LLLL</Estab><SchoolName>Cardiff</SchoolName>
<AcademicYear>20${version}</AcademicYear></SourceSchool><DestSchool><LEA>681</LEA><Estab>4039</Estab></DestSchool>
${suppInfo('Header')}</Header><ATFpupilData><Pupil><ApplicationReference>681-2009-S-000001</ApplicationReference>
<UPN>H801200001001</UPN><Surname>Llewelyn</Surname><Forename>Rhys</Forename><DOB>2009-03-01</DOB>${sex}
<BasicDetails><UPN>B801200005001</UPN><MiddleNames>Ifan</MiddleNames><Ethnicity>WWEL</Ethnicity>
<EthnicitySource>P</EthnicitySource><MedicalFlag>false</MedicalFlag>${suppInfo('BasicDetails')}</BasicDetails>
<LookedAfter><InCare>false</InCare></LookedAfter><Admissions><Accept>true</Accept></Admissions>
<Address>${PREMISES}<PostCode>NP20 1AA</PostCode></Address>${PHONES}<Email>rhys@example.org</Email><Contacts>
<Contact><Surname>Price</Surname><Relationship>FOM</Relationship></Contact></Contacts><SchoolHistory><School>
<LEA>681</LEA><Estab>2999</Estab><SchoolName>Ysgol Feithrin</SchoolName></School></SchoolHistory></Pupil>
<Pupil><Surname>Rees</Surname><Forename>Eira</Forename><DOB>2010-03-01</DOB>${sex}</Pupil></ATFpupilData></ATfile>`
}

function suppInfo(about: string): string {
  return `<SuppInfo><SuppID>${about} of a test</SuppID><Colour>blue</Colour></SuppInfo>`
}

const PHONES =
  '<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>02920180123</PhoneNo></Phone></Phones>'

const PREMISES = `<BS7666Address><SAON>Flat 2</SAON><PAON>7</PAON><Street>Stryd y Bont</Street>
<Locality>Y Waun</Locality><Town>Newport</Town><AdministrativeArea>Newport</AdministrativeArea>
<PostTown>Newport</PostTown><UniquePropertyReferenceNumber>100100123456</UniquePropertyReferenceNumber></BS7666Address>`

const LINES = `<AddressLines><AddressLine1>7 Stryd y Bont</AddressLine1><AddressLine2>Y Waun</AddressLine2>
<AddressLine3>Newport</AddressLine3></AddressLines>`

const BEHIND_PREMISES = `<County>Gwent</County><PostCode>NP20 1AA</PostCode><Zip>10115</Zip><Country>Wales</Country>`
const GRID = '<Easting>331000.5</Easting><Northing>188000</Northing>'

const EVERY_BLOCK = `<BasicDetails><FormerUPN>B801200005001</FormerUPN><PreferredSurname>Llew</PreferredSurname>
<FormerSurname>Rees</FormerSurname><PreferredForename>Sian</PreferredForename><MiddleNames>Mair Non</MiddleNames>
<NCyearActual>9</NCyearActual><EnglishProficiencies><EnglishProficiency>
<ProficiencyInEnglish>B</ProficiencyInEnglish><ProficiencyInEnglishDate>2017-01-19</ProficiencyInEnglishDate>
</EnglishProficiency></EnglishProficiencies><CountryofBirth>GBR</CountryofBirth>
<Nationalities><Nationality>GBR</Nationality><Nationality>IRL</Nationality></Nationalities>
<Ethnicity>WWEL</Ethnicity><EthnicitySource>P</EthnicitySource><Languages><Type><LanguageType>F</LanguageType>
<Language>CYM</Language></Type></Languages><ServiceChild>N</ServiceChild><MedicalFlag>1</MedicalFlag>
<Disabilities><Disability>HEAR</Disability><Disability>VIS</Disability></Disabilities>
<EnrolStatus>C</EnrolStatus>${suppInfo('BasicDetails')}</BasicDetails>
<FSMhistory><FSMreviewDate>2019-01-07</FSMreviewDate><FSMinstance><FSMstartDate>2016-09-05</FSMstartDate>
<FSMendDate>2017-07-20</FSMendDate><UKcountry>WLS</UKcountry></FSMinstance></FSMhistory>
<LookedAfter><InCare>true</InCare><CareAuthority>681</CareAuthority></LookedAfter>
<SENhistory><SEN><StartDate>2016-09-05</StartDate><SENprovision>K</SENprovision><EndDate>2018-07-20</EndDate></SEN>
<SENneeds><SENneed><NeedStartDate>2016-09-05</NeedStartDate><SENtypeRank>1</SENtypeRank><SENtype>SPLD</SENtype>
</SENneed></SENneeds>${suppInfo('SENhistory')}</SENhistory>
<Address>${PREMISES}${LINES}${BEHIND_PREMISES}${GRID}<AddressStartDate>2012-01-01</AddressStartDate>
<AddressEndDate>2018-10-31</AddressEndDate>${suppInfo('Address')}</Address>${PHONES}<Email>sian@example.org</Email>
<Contacts><Contact><Order>1</Order><Title>Mrs</Title><Surname>Llewelyn</Surname><Forename>Ann</Forename>
<MiddleNames>Mair</MiddleNames><Gender>F</Gender><Relationship>PAM</Relationship><Responsibility>true</Responsibility>
<Address><AddressAsPupil>true</AddressAsPupil></Address>${PHONES}<Email>ann@example.org</Email>${suppInfo('Contact')}
</Contact><Contact><Surname>Price</Surname><Relationship>SWR</Relationship></Contact></Contacts>
<Attendance><YearData><Year>2018</Year><LEA>681</LEA><Estab>4039</Estab><URN>402011</URN><SchoolName>Ysgol</SchoolName>
<SessionsPossible>120</SessionsPossible><SessionsAuthorised>2</SessionsAuthorised><SessionsAttended>117</SessionsAttended>
<SessionsUnauthorised>1</SessionsUnauthorised><AttendSessions><AttendanceStartDate>2018-09-03</AttendanceStartDate>
<AttendanceMarks>/\\/\\IO</AttendanceMarks></AttendSessions></YearData></Attendance>
<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Locale>ENG</Locale><Year>2015</Year>
<Subject>MAT</Subject><Method>TA</Method><Component>MAT</Component><ResultStatus>R</ResultStatus>
<ResultQualifier>NL</ResultQualifier><Result>4</Result><ResultDate>2015-06-20</ResultDate></StageAssessment></KeyStage>
</StageAssessments><SchoolHistory><School><LEA>XXX</LEA><Estab>XXXX</Estab><URN>402012</URN>
<SchoolName>Ysgol Feithrin</SchoolName><EntryDate>2012-09-03</EntryDate><LeavingDate>2014-07-18</LeavingDate>
<LeavingReason>PM</LeavingReason><RemovalGrounds>A</RemovalGrounds>${suppInfo('School')}</School></SchoolHistory>`

const WALES = `<NAWdetails><SpeakWelsh>2</SpeakWelsh><HomeWelsh>2</HomeWelsh><NationalIdentity>WAL</NationalIdentity>
<EthnicitySource>P</EthnicitySource><WelshSource>P</WelshSource><EALAcquisition>C</EALAcquisition>
<LanguageSource>P</LanguageSource><SENCurriculumandTeachingMethods>CT1</SENCurriculumandTeachingMethods>
<SENGroupingandSupport>GS2</SENGroupingandSupport><SENSpecialisedResources>SR3</SENSpecialisedResources>
<SENAdviceandAssessment>AA1</SENAdviceandAssessment><DateEntry>2020-03-01</DateEntry>
<FSMTransitionalProtection>false</FSMTransitionalProtection><ALNDecisionOutcome>IDP</ALNDecisionOutcome>
<ALNDecisionBody>SCH</ALNDecisionBody><ALNSupportPlan>C</ALNSupportPlan><ALNAreasOfNeed>
<ALNAreaOfNeed>COIN</ALNAreaOfNeed></ALNAreasOfNeed><ALNneeds><ALNType>SLCD</ALNType><ALNType>BESD</ALNType></ALNneeds>
<ALNLocalHealthBoardProvision>true</ALNLocalHealthBoardProvision><IDPReviewDate>2027-01-11</IDPReviewDate></NAWdetails>`

const ADDRESSES = `<BasicDetails><FormerForename>Sian</FormerForename></BasicDetails>
<Address>${LINES}${BEHIND_PREMISES}<CountryCodeAlpha2>GB</CountryCodeAlpha2><CountryCodeAlpha3>GBR</CountryCodeAlpha3>
<CountryCodeNumeric3>826</CountryCodeNumeric3><CountryCodeNameLong>United Kingdom</CountryCodeNameLong>${GRID}</Address>
<Contacts><Contact><Surname>Price</Surname><Relationship>FOM</Relationship><Address>${PREMISES}
<PostCode>NP20 1AB</PostCode></Address></Contact></Contacts><SchoolHistory><School><LEA>681</LEA><Estab>2999</Estab>
<SchoolName>Ysgol Feithrin</SchoolName><LastSchool>true</LastSchool></School></SchoolHistory>`

const MULTIPLICATION = `<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Locale>ENG</Locale>
<Year>2022</Year><Subject>MAT</Subject><Method>TT</Method><Component>MTC</Component><ResultStatus>R</ResultStatus>
<ResultQualifier>NM</ResultQualifier><Result>21</Result></StageAssessment></KeyStage></StageAssessments>`

const ULN_REQUEST = `<Address>${PREMISES}<PostCode>NP20 1AA</PostCode></Address>`

const FREE_MEALS = `<FSMhistory><FSMinstance><FSMstartDate>2025-09-01</FSMstartDate>
<FSMEligibilityVerificationDate>2025-09-02</FSMEligibilityVerificationDate><FSMendDate>2026-07-20</FSMendDate>
<UKcountry>ENG</UKcountry><FSMCategory>TFSM</FSMCategory></FSMinstance></FSMhistory>`

const LEAVER = `<Address>${PREMISES}<PostCode>NP20 1AA</PostCode></Address><SchoolHistory><School><LEA>681</LEA>
<Estab>4039</Estab><SchoolName>Ysgol</SchoolName><LeavingDate>2017-10-02</LeavingDate>
<RemovalGrounds>C</RemovalGrounds></School></SchoolHistory>`
