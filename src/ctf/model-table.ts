/**
 * The content model of the Common Transfer File and of its sister, the Admissions Data Transfer File, as one table;
 * everything that reads, writes or checks a file follows it. Roots: CTfile and ATfile. Elements stand in the order
 * of their rows within the same parent; blocks that both files have are the same rows.
 *
 * Columns: parent | element | how often (? 0..1, 1 1..1, * 0..n, + 1..n, with ! where a missing one is an
 * error) | type (> an element with children of that name; else as values/value-type.ts has it) | CBDS item | CTF
 * versions, from-to (of a block they hold for what is in it) | certainty (V verified, I inferred, U unverified: only
 * V refuses a file) | sources | note. An element that is read and no longer written has a last version.
 *
 * Sources: CBDS, the DfE Common Basic Data Set of August 2018; MIS12, a published CTF 12 exporter and importer of
 * a school system; ATF15, the DfE and NAW example of the sister file ATF 15.0; ATF19, a published ATF 19 writer;
 * MTC, the DfE Multiplication Tables Check; GIAP, the DfE Get Information about Pupils (CTF 25 and 26).
 * How often: the core items as a school system demands them; elsewhere MIS12 and ATF19.
 *
 * Not in it: the concerns about service children of CTF 18 (CBDS N00628 to N00632: MoveConcern, DeployConcern,
 * SepConcern, ConcernDetails, DateOfAssessment). They are verified, but the name and place of the element around them
 * are not, and under an invented name no file would hold them. What a file holds under another name is kept as it is.
 */
export const CONTENT_MODEL = `
CTfile               | Header                          | 1! | > Header                     |        |       | V | MIS12 MTC GIAP         |
Header               | DocumentName                    | 1! | ctf-document                 | N00600 |       | V | CBDS MIS12 MTC GIAP    |
Header               | CTFversion                      | 1! | ctf-version                  | N00608 |       | V | CBDS MIS12 MTC GIAP    | the academic year of validity, e.g. 26.0
Header               | DateTime                        | 1! | dateTime                     | N00609 |       | V | CBDS MTC GIAP          |
Header               | DocumentQualifier               | 1! | code document-qualifier      | N00611 |       | V | CBDS MIS12 MTC GIAP    | programs write it in small letters
Header               | DataQualifier                   | ?  | code data-qualifier          | N00619 | 11-   | V | CBDS MIS12             | which partial; the DfE exporters leave it out
Header               | DataDescriptor                  | ?  | text 255                     | N00614 |       | V | CBDS MIS12 GIAP        | of a partial
Header               | SupplierID                      | 1! | text 100                     | N00617 |       | V | CBDS MIS12 MTC GIAP    |
Header               | SourceSchool                    | 1! | > SourceSchool               |        |       | V | MIS12 MTC GIAP         |
SourceSchool         | LEA                             | 1! | la                           | N00216 |       | V | CBDS MIS12 MTC GIAP    |
SourceSchool         | Estab                           | 1! | estab                        | N00279 |       | V | CBDS MIS12 MTC GIAP    | LLLL = the authority
SourceSchool         | URN                             | ?  | urn                          | N00278 | 18-   | V | CBDS ATF15 MTC         |
SourceSchool         | SchoolName                      | 1! | text 100                     | N00230 |       | V | CBDS MIS12 MTC GIAP    |
SourceSchool         | AcademicYear                    | 1! | year                         | N00618 | 13-   | V | CBDS MIS12 MTC GIAP    | the year in which the academic year began
Header               | DestSchool                      | 1! | > DestSchool                 |        |       | V | MIS12 MTC GIAP         |
DestSchool           | LEA                             | 1! | la                           | N00216 |       | V | CBDS MIS12 MTC GIAP    | never ULN
DestSchool           | Estab                           | 1! | estab                        | N00279 |       | V | CBDS MIS12 MTC GIAP    |
DestSchool           | URN                             | ?  | urn                          | N00278 | 18-   | V | CBDS ATF15 MTC         |
Header               | SuppInfo                        | ?  | any                          |        |       | V | MIS12 ATF15            | anything well formed
CTfile               | CTFpupilData                    | 1! | > CTFpupilData               |        |       | V | MIS12 MTC GIAP         |
CTFpupilData         | Pupil                           | +! | > Pupil                      |        |       | V | MIS12 MTC GIAP         |
Pupil                | UPN                             | 1! | upn                          | N00001 |       | V | CBDS MIS12 MTC GIAP    |
Pupil                | UniqueLearnerNumber             | ?  | uln                          | N00011 |       | V | CBDS MIS12 ATF15       |
Pupil                | UCI                             | ?  | uci                          | N00180 | 12-   | V | CBDS MIS12 ATF15       |
Pupil                | Surname                         | 1! | text 35                      | N00003 |       | V | CBDS MIS12 MTC GIAP    |
Pupil                | Forename                        | 1! | text 35                      | N00004 |       | V | CBDS MIS12 MTC GIAP    |
Pupil                | DOB                             | 1! | dob                          | N00006 |       | V | CBDS MIS12 MTC GIAP    |
Pupil                | Gender                          | ?  | code sex                     | N00007 | -23   | V | CBDS MIS12 ATF15       | followed by Sex; in which version is not verified
Pupil                | Sex                             | ?  | code sex                     |        | 23-   | V | MTC GIAP               | read at any version, as Gender is
Pupil                | BasicDetails                    | ?  | > BasicDetails               |        |       | V | MIS12 ATF15            |
BasicDetails         | FormerUPN                       | ?  | former-upn                   | N00002 |       | V | CBDS MIS12             |
BasicDetails         | PreferredSurname                | ?  | text 35                      | N00010 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | FormerSurname                   | ?  | text 35                      | N00008 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | PreferredForename               | ?  | text 35                      | N00009 |       | V | CBDS MIS12 ATF15       | MIS12 writes it before FormerSurname
BasicDetails         | FormerForename                  | ?  | text 35                      |        | -12   | I | MIS12                  | read, not written
BasicDetails         | MiddleNames                     | ?  | names 35                     | N00005 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | NCyearActual                    | ?  | code nc-year                 | N00182 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | EnglishProficiencies            | ?  | > EnglishProficiencies       |        | 17-   | I | ATF15                  | whether versions after 18 carry it is not verified
EnglishProficiencies | EnglishProficiency              | +  | > EnglishProficiency         |        |       | V | ATF15                  |
EnglishProficiency   | ProficiencyInEnglish            | 1  | code proficiency-in-english  | N00196 |       | I | CBDS ATF15             | whether versions after 18 carry it is not verified
EnglishProficiency   | ProficiencyInEnglishDate        | ?  | date                         | N00197 |       | I | CBDS ATF15             | whether versions after 18 carry it is not verified
BasicDetails         | CountryofBirth                  | ?  | code country                 | N00188 | 17-   | I | CBDS ATF15             | whether versions after 18 carry it is not verified
BasicDetails         | Nationalities                   | ?  | > Nationalities              |        | 17-   | I | ATF15                  | whether versions after 18 carry it is not verified
Nationalities        | Nationality                     | +  | code country                 | N00187 |       | I | CBDS ATF15             | whether versions after 18 carry it is not verified
BasicDetails         | Ethnicity                       | ?  | code ethnicity               | N00177 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | EthnicitySource                 | ?  | code source                  | N00198 |       | V | CBDS MIS12 ATF15       | wanted where Ethnicity is
BasicDetails         | Languages                       | ?  | > Languages                  |        |       | V | MIS12 ATF15            |
Languages            | Type                            | +  | > Type                       |        |       | V | MIS12 ATF15            |
Type                 | LanguageType                    | 1  | code language-type           | N00107 |       | V | CBDS MIS12 ATF15       |
Type                 | Language                        | 1  | code language                | N00015 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | ServiceChild                    | ?  | code service-child           | N00093 | 17-   | V | CBDS ATF15             |
BasicDetails         | ServiceChildSource              | ?  | code source                  | N00199 | 17-17 | V | CBDS                   | read, not written
BasicDetails         | MedicalFlag                     | ?  | boolean                      | N00025 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | Disabilities                    | ?  | > Disabilities               |        |       | V | MIS12 ATF15            |
Disabilities         | Disability                      | +  | code disability              | N00622 |       | V | CBDS MIS12 ATF15       |
BasicDetails         | EnrolStatus                     | ?  | code enrolment-status        | N00017 |       | V | CBDS MIS12             |
BasicDetails         | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
Pupil                | FSMhistory                      | ?  | > FSMhistory                 |        |       | V | MIS12 ATF15 GIAP       |
FSMhistory           | FSMreviewDate                   | ?  | date                         | N00012 |       | V | CBDS MIS12 ATF15 ATF19 |
FSMhistory           | FSMinstance                     | +  | > FSMinstance                |        | 11-   | V | MIS12 ATF15 ATF19 GIAP |
FSMinstance          | FSMstartDate                    | 1  | date                         | N00142 |       | V | CBDS MIS12 ATF19 GIAP  |
FSMinstance          | FSMEligibilityVerificationDate  | ?  | date                         |        | 26-   | I | GIAP                   | place as GIAP writes it
FSMinstance          | FSMendDate                      | ?  | date                         | N00143 |       | V | CBDS MIS12 ATF19 GIAP  |
FSMinstance          | UKcountry                       | ?  | code uk-country              | N00277 | 12-   | V | CBDS MIS12 ATF19 GIAP  | blank for periods that ended before 2012-09-01
FSMinstance          | FSMCategory                     | ?  | text 100                     |        | 26-   | I | GIAP                   | code list not known; TFSM seen
Pupil                | NAWdetails                      | ?  | > NAWdetails                 |        |       | V | MIS12 GIAP             | Wales; its code lists are not verified
NAWdetails           | SpeakWelsh                      | ?  | code speak-welsh             |        |       | U | MIS12 GIAP             |
NAWdetails           | HomeWelsh                       | ?  | code home-welsh              |        |       | U | MIS12 GIAP             |
NAWdetails           | NationalIdentity                | ?  | code national-identity       |        |       | U | MIS12 GIAP             |
NAWdetails           | EthnicitySource                 | ?  | code welsh-source            |        |       | U | GIAP                   |
NAWdetails           | WelshSource                     | ?  | code welsh-source            |        |       | U | MIS12 GIAP             |
NAWdetails           | EALAcquisition                  | ?  | code eal-acquisition         |        |       | U | MIS12 GIAP             |
NAWdetails           | LanguageSource                  | ?  | code welsh-source            |        |       | U | MIS12 GIAP             |
NAWdetails           | SENCurriculumandTeachingMethods | ?  | code curriculum-and-teaching |        |       | U | MIS12 GIAP             |
NAWdetails           | SENGroupingandSupport           | ?  | code grouping-and-support    |        |       | U | MIS12 GIAP             |
NAWdetails           | SENSpecialisedResources         | ?  | code specialised-resources   |        |       | U | MIS12 GIAP             |
NAWdetails           | SENAdviceandAssessment          | ?  | code advice-and-assessment   |        |       | U | MIS12 GIAP             |
NAWdetails           | DateEntry                       | ?  | arrival                      | N00016 | 17-   | U | CBDS GIAP              | of arrival in the United Kingdom
NAWdetails           | FSMTransitionalProtection       | ?  | boolean                      |        |       | U | GIAP                   |
NAWdetails           | ALNDecisionOutcome              | ?  | open aln-outcome             |        | 25-   | U | GIAP                   | some codes only are known
NAWdetails           | ALNDecisionBody                 | ?  | open aln-body                |        | 25-   | U | GIAP                   | some codes only are known
NAWdetails           | ALNSupportPlan                  | ?  | text 100                     |        | 25-   | U | GIAP                   | codes not known; C seen
NAWdetails           | ALNAreasOfNeed                  | ?  | > ALNAreasOfNeed             |        | 25-   | U | GIAP                   |
ALNAreasOfNeed       | ALNAreaOfNeed                   | +  | open aln-area                |        |       | U | GIAP                   | some codes only are known
NAWdetails           | ALNneeds                        | ?  | > ALNneeds                   |        | 25-   | U | GIAP                   |
ALNneeds             | ALNType                         | +  | code aln-type                |        |       | U | GIAP                   |
NAWdetails           | ALNLocalHealthBoardProvision    | ?  | boolean                      |        | 25-   | U | GIAP                   |
NAWdetails           | IDPReviewDate                   | ?  | date                         |        | 25-   | U | GIAP                   |
Pupil                | LookedAfter                     | ?  | > LookedAfter                |        |       | V | MIS12 ATF15            |
LookedAfter          | InCare                          | 1  | boolean                      | N00013 |       | V | CBDS MIS12 ATF15       |
LookedAfter          | CareAuthority                   | ?  | la                           | N00014 |       | V | CBDS MIS12 ATF15       | needed when InCare is true
Pupil                | SENhistory                      | ?  | > SENhistory                 |        |       | V | MIS12 ATF15 ATF19      |
SENhistory           | SEN                             | +  | > SEN                        |        |       | V | MIS12 ATF15 ATF19      |
SEN                  | StartDate                       | ?  | date                         | N00028 |       | V | CBDS MIS12 ATF15       |
SEN                  | SENprovision                    | 1  | code sen-provision           | N00209 |       | V | CBDS MIS12 ATF15       |
SEN                  | EndDate                         | ?  | date                         | N00206 | 17-   | I | CBDS                   | place not verified
SENhistory           | SENneeds                        | ?  | > SENneeds                   |        |       | V | MIS12 ATF15 ATF19      |
SENneeds             | SENneed                         | +  | > SENneed                    |        |       | V | MIS12 ATF15 ATF19      |
SENneed              | NeedStartDate                   | ?  | date                         | N00207 | 17-   | V | CBDS ATF15 ATF19       |
SENneed              | NeedEndDate                     | ?  | date                         | N00208 | 17-   | V | CBDS ATF15 ATF19       |
SENneed              | SENtypeRank                     | 1  | integer 1-99                 | N00024 |       | V | CBDS MIS12 ATF15 ATF19 | MIS12 writes it after SENtype
SENneed              | SENtype                         | 1  | code sen-type                | N00166 |       | V | CBDS MIS12 ATF15 ATF19 | one or two of a pupil
SENhistory           | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
Pupil                | Address                         | ?  | > Address                    |        |       | V | MIS12 ATF15            |
Address              | AddressAsPupil                  | ?  | boolean                      | N00121 |       | V | CBDS MIS12 ATF15       | in a contact, in place of the rest
Address              | BS7666Address                   | ?  | > BS7666Address              |        |       | V | MIS12 ATF15 ATF19      | beside AddressLines too
BS7666Address        | SAON                            | ?  | text 100                     | N00030 |       | V | CBDS MIS12 ATF15       |
BS7666Address        | PAON                            | ?  | text 100                     | N00031 |       | V | CBDS MIS12 ATF15       |
BS7666Address        | Street                          | ?  | text 100                     | N00032 |       | V | CBDS MIS12 ATF15       |
BS7666Address        | Locality                        | ?  | text 35                      | N00033 |       | V | CBDS MIS12 ATF15       |
BS7666Address        | Town                            | ?  | text 30                      | N00034 |       | V | CBDS MIS12 ATF15       |
BS7666Address        | AdministrativeArea              | ?  | text 30                      | N00035 |       | V | CBDS MIS12 ATF15       |
BS7666Address        | PostTown                        | ?  | text 30                      | N00036 |       | V | CBDS MIS12 ATF15       |
BS7666Address        | UniquePropertyReferenceNumber   | ?  | integer 1-999999999999       | N00185 |       | V | CBDS MIS12 ATF15       |
Address              | AddressLines                    | ?  | > AddressLines               |        |       | V | MIS12 ATF15            |
AddressLines         | AddressLine1                    | 1  | text 40                      | N00040 |       | V | CBDS MIS12 ATF15 ATF19 |
AddressLines         | AddressLine2                    | ?  | text 40                      | N00041 |       | V | CBDS MIS12 ATF15 ATF19 |
AddressLines         | AddressLine3                    | ?  | text 40                      | N00042 |       | V | CBDS MIS12 ATF15 ATF19 |
AddressLines         | AddressLine4                    | ?  | text 40                      | N00043 |       | V | CBDS MIS12 ATF15 ATF19 |
AddressLines         | AddressLine5                    | ?  | text 40                      | N00044 |       | V | CBDS MIS12 ATF15 ATF19 |
Address              | County                          | ?  | text 3000                    | N00119 |       | V | CBDS MIS12 ATF15       |
Address              | PostCode                        | ?  | postcode                     | N00037 |       | V | CBDS MIS12 ATF15       |
Address              | Zip                             | ?  | text 20                      | N00050 |       | V | CBDS MIS12 ATF15       |
Address              | Country                         | ?  | text 45                      | N00144 | 11-   | V | CBDS MIS12 ATF15       |
Address              | CountryCodeAlpha2               | ?  | text 100                     |        | -17   | I | CBDS                   | read, not written
Address              | CountryCodeAlpha3               | ?  | text 100                     |        | -17   | I | CBDS                   | read, not written
Address              | CountryCodeNumeric3             | ?  | text 100                     |        | -17   | I | CBDS                   | read, not written
Address              | CountryCodeNameLong             | ?  | text 100                     |        | -17   | I | CBDS                   | read, not written
Address              | CountryCodeNameShort            | ?  | text 100                     |        | -10   | I | CBDS                   | read, not written
Address              | Easting                         | ?  | coordinate                   | N00038 |       | V | CBDS MIS12 ATF15       | metres on the National Grid
Address              | Northing                        | ?  | coordinate                   | N00039 |       | V | CBDS MIS12 ATF15       | metres on the National Grid
Address              | AddressStartDate                | ?  | date                         | N00626 | 17-   | I | CBDS                   | neither its place nor whether versions after 18 carry it is verified
Address              | AddressEndDate                  | ?  | date                         | N00627 | 17-   | I | CBDS                   | neither its place nor whether versions after 18 carry it is verified
Address              | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
Pupil                | Phones                          | ?  | > Phones                     |        |       | V | MIS12 ATF15            |
Phones               | Phone                           | +  | > Phone                      |        |       | V | MIS12 ATF15            |
Phone                | TelephoneType                   | 1  | code phone-type              | N00089 |       | V | CBDS MIS12 ATF15       |
Phone                | PhoneNo                         | 1  | phone                        | N00231 |       | V | CBDS MIS12 ATF15       | spaces and hyphens occur
Pupil                | Email                           | ?  | email                        | N00220 |       | V | CBDS MIS12 ATF15       |
Pupil                | Contacts                        | ?  | > Contacts                   |        |       | V | MIS12 ATF15            |
Contacts             | Contact                         | +  | > Contact                    |        |       | V | MIS12 ATF15            |
Contact              | Order                           | ?  | integer 1-10                 | N00045 |       | V | CBDS MIS12 ATF15 ATF19 |
Contact              | Title                           | ?  | title                        | N00046 |       | V | CBDS MIS12 ATF15       |
Contact              | Surname                         | 1  | text 35                      | N00003 |       | V | CBDS MIS12 ATF15 ATF19 |
Contact              | Forename                        | ?  | text 35                      | N00004 |       | V | CBDS MIS12 ATF15 ATF19 |
Contact              | MiddleNames                     | ?  | names 35                     | N00047 |       | V | CBDS ATF15 ATF19       |
Contact              | Gender                          | ?  | code sex                     | N00048 | -23   | V | CBDS MIS12 ATF15       | perhaps Sex since 23 or 24, not verified
Contact              | Sex                             | ?  | code sex                     |        | 23-   | U |                        | perhaps Sex since 23 or 24, not verified
Contact              | Relationship                    | 1  | code relationship            | N00092 |       | V | CBDS MIS12 ATF15 ATF19 |
Contact              | Responsibility                  | ?  | boolean                      | N00049 |       | V | CBDS MIS12 ATF15       |
Contact              | Address                         | ?  | > Address                    |        |       | V | MIS12 ATF15            |
Contact              | Phones                          | ?  | > Phones                     |        |       | I | MIS12 ATF15            |
Contact              | Email                           | ?  | email                        |        |       | I | MIS12 ATF15            |
Contact              | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
Pupil                | Attendance                      | ?  | > Attendance                 |        |       | V | MIS12                  |
Attendance           | YearData                        | +  | > YearData                   |        |       | V | MIS12                  |
YearData             | Year                            | 1  | year                         | N00602 |       | I | CBDS MIS12             | whether the first or the last year is not verified
YearData             | LEA                             | 1  | la                           | N00216 |       | V | CBDS MIS12             |
YearData             | Estab                           | 1  | estab                        | N00147 |       | V | CBDS MIS12             |
YearData             | URN                             | ?  | urn                          | N00278 | 18-   | I |                        |
YearData             | SchoolName                      | ?  | text 100                     | N00057 |       | V | CBDS MIS12             | needed when Estab is XXXX
YearData             | SessionsPossible                | 1  | integer 0-400                | N00052 |       | V | CBDS MIS12             |
YearData             | SessionsAuthorised              | 1  | integer 0-400                | N00054 |       | V | CBDS MIS12             |
YearData             | SessionsAttended                | 1  | integer 0-400                | N00053 |       | V | CBDS MIS12             |
YearData             | SessionsUnauthorised            | 1  | integer 0-400                | N00055 |       | V | CBDS MIS12             |
YearData             | AttendSessions                  | *  | > AttendSessions             |        |       | V | MIS12                  | one a term
AttendSessions       | AttendanceStartDate             | 1  | date                         | N00051 |       | V | CBDS MIS12             |
AttendSessions       | AttendanceMarks                 | 1  | marks                        | N00165 |       | V | CBDS MIS12             | how marks of two characters are strung together since 24 is not verified
Pupil                | StageAssessments                | ?  | > StageAssessments           |        |       | V | MIS12 MTC GIAP         |
StageAssessments     | KeyStage                        | +  | > KeyStage                   |        |       | V | MIS12 MTC GIAP         | one a stage
KeyStage             | Stage                           | 1  | code stage                   | N00156 |       | V | CBDS MIS12 MTC GIAP    |
KeyStage             | StageAssessment                 | +  | > StageAssessment            |        |       | V | MIS12 MTC GIAP         |
StageAssessment      | Locale                          | 1  | code locale                  | N00088 |       | V | CBDS MIS12 MTC GIAP    |
StageAssessment      | Year                            | 1  | year                         | N00602 |       | V | CBDS MIS12 MTC GIAP    | the last year of the academic year
StageAssessment      | Subject                         | 1  | text 3                       | N00134 |       | V | CBDS MIS12 MTC GIAP    | codes by the assessment component files of each year
StageAssessment      | Method                          | 1  | text 3                       | N00062 |       | V | CBDS MIS12 MTC GIAP    | codes by the assessment component files of each year
StageAssessment      | Component                       | 1  | text 3                       | N00063 |       | V | CBDS MIS12 MTC GIAP    | codes by the assessment component files of each year
StageAssessment      | ResultStatus                    | 1  | code result-status           | N00061 |       | V | CBDS MIS12 MTC GIAP    |
StageAssessment      | ResultQualifier                 | 1  | code result-qualifier        | N00200 |       | V | CBDS MIS12 MTC GIAP    |
StageAssessment      | Result                          | 1  | text 9                       | N00064 |       | V | CBDS MIS12 MTC GIAP    | codes by the assessment component files of each year
StageAssessment      | ResultDate                      | ?  | date                         | N00094 |       | V | CBDS MIS12             |
Pupil                | SchoolHistory                   | ?  | > SchoolHistory              |        |       | V | MIS12 ATF15            |
SchoolHistory        | School                          | +  | > School                     |        |       | V | MIS12 ATF15 ATF19      |
School               | LEA                             | 1  | la                           | N00216 |       | V | CBDS MIS12 ATF15 ATF19 |
School               | Estab                           | 1  | estab                        | N00147 |       | V | CBDS MIS12 ATF15 ATF19 |
School               | URN                             | ?  | urn                          | N00278 | 18-   | V | CBDS ATF15 ATF19       |
School               | SchoolName                      | 1  | text 100                     | N00057 |       | V | CBDS MIS12 ATF15 ATF19 |
School               | EntryDate                       | ?  | date                         | N00018 |       | V | CBDS MIS12 ATF15 ATF19 |
School               | LeavingDate                     | ?  | date                         | N00019 |       | V | CBDS MIS12 ATF15 ATF19 |
School               | LeavingReason                   | ?  | code leaving-reason          | N00179 |       | V | CBDS MIS12 ATF15 ATF19 |
School               | RemovalGrounds                  | ?  | code removal-grounds         | N00210 | 17-   | I | CBDS                   | place not verified
School               | LastSchool                      | ?  | boolean                      |        | -16   | I | MIS12                  | read, not written
School               | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
Pupil                | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
ATfile               | Header                          | 1! | > ATFheader                  |        |       | V | ATF15                  |
ATFheader            | DocumentName                    | 1! | atf-document                 | N00600 |       | V | CBDS ATF15             |
ATFheader            | ATFversion                      | 1! | ctf-version                  | N00608 |       | V | CBDS ATF15             | the academic year of validity, as in a CTF
ATFheader            | DateTime                        | 1! | dateTime                     | N00609 |       | V | CBDS ATF15             |
ATFheader            | DocumentQualifier               | 1! | code document-qualifier      | N00611 |       | V | CBDS ATF15             |
ATFheader            | SupplierID                      | 1! | text 100                     | N00617 |       | V | CBDS ATF15             |
ATFheader            | SourceSchool                    | 1! | > SourceSchool               |        |       | V | ATF15                  |
ATFheader            | DestSchool                      | 1! | > DestSchool                 |        |       | V | ATF15                  |
ATFheader            | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
ATfile               | ATFpupilData                    | 1! | > ATFpupilData               |        |       | V | ATF15                  |
ATFpupilData         | Pupil                           | +! | > ATFpupil                   |        |       | V | ATF15                  |
ATFpupil             | ApplicationReference            | ?  | text 50                      |        |       | I | ATF15                  | how long it may be is not verified
ATFpupil             | UPN                             | ?  | upn                          | N00001 |       | V | CBDS ATF15             | a child new to schools has none yet
ATFpupil             | UniqueLearnerNumber             | ?  | uln                          | N00011 |       | V | CBDS ATF15             |
ATFpupil             | UCI                             | ?  | uci                          | N00180 |       | V | CBDS ATF15             |
ATFpupil             | Surname                         | 1! | text 35                      | N00003 |       | V | CBDS ATF15 ATF19       |
ATFpupil             | Forename                        | 1! | text 35                      | N00004 |       | V | CBDS ATF15 ATF19       |
ATFpupil             | DOB                             | 1! | dob                          | N00006 |       | V | CBDS ATF15 ATF19       |
ATFpupil             | Gender                          | ?  | code sex                     | N00007 | -23   | V | CBDS ATF15             | as in a CTF
ATFpupil             | Sex                             | ?  | code sex                     |        | 23-   | I |                        | as in a CTF
ATFpupil             | BasicDetails                    | ?  | > ATFbasicDetails            |        |       | V | ATF15                  |
ATFbasicDetails      | UPN                             | ?  | former-upn                   | N00002 |       | V | CBDS ATF15 ATF19       | the former UPN
ATFbasicDetails      | PreferredSurname                | ?  | text 35                      | N00010 |       | V | CBDS ATF15             |
ATFbasicDetails      | FormerSurname                   | ?  | text 35                      | N00008 |       | V | CBDS ATF15             |
ATFbasicDetails      | PreferredForename               | ?  | text 35                      | N00009 |       | V | CBDS ATF15             |
ATFbasicDetails      | MiddleNames                     | ?  | names 35                     | N00005 |       | V | CBDS ATF15             |
ATFbasicDetails      | NCyearActual                    | ?  | code nc-year                 | N00182 |       | V | CBDS ATF15             |
ATFbasicDetails      | EnglishProficiencies            | ?  | > EnglishProficiencies       |        |       | V | ATF15                  |
ATFbasicDetails      | CountryofBirth                  | ?  | code country                 | N00188 |       | V | CBDS ATF15             |
ATFbasicDetails      | Nationalities                   | ?  | > Nationalities              |        |       | V | ATF15                  |
ATFbasicDetails      | Ethnicity                       | ?  | code ethnicity               | N00177 |       | V | CBDS ATF15             |
ATFbasicDetails      | EthnicitySource                 | ?  | code source                  | N00198 |       | V | CBDS ATF15             | wanted where Ethnicity is
ATFbasicDetails      | Languages                       | ?  | > Languages                  |        |       | V | ATF15                  |
ATFbasicDetails      | ServiceChild                    | ?  | code service-child           | N00093 |       | V | CBDS ATF15             |
ATFbasicDetails      | MedicalFlag                     | ?  | boolean                      | N00025 |       | V | CBDS ATF15             |
ATFbasicDetails      | Disabilities                    | ?  | > Disabilities               |        |       | V | ATF15                  |
ATFbasicDetails      | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
ATFpupil             | FSMhistory                      | ?  | > FSMhistory                 |        |       | V | ATF15                  |
ATFpupil             | LookedAfter                     | ?  | > LookedAfter                |        |       | V | ATF15                  |
ATFpupil             | SENhistory                      | ?  | > SENhistory                 |        |       | V | ATF15 ATF19            |
ATFpupil             | Admissions                      | ?  | > Admissions                 |        |       | V | ATF15                  | never in a CTF
Admissions           | Accept                          | ?  | boolean                      |        |       | V | ATF15                  | whether the place was accepted
ATFpupil             | Address                         | ?  | > Address                    |        |       | V | ATF15                  |
ATFpupil             | Phones                          | ?  | > Phones                     |        |       | V | ATF15                  |
ATFpupil             | Email                           | ?  | email                        | N00220 |       | V | CBDS ATF15             |
ATFpupil             | Contacts                        | ?  | > Contacts                   |        |       | V | ATF15                  |
ATFpupil             | SchoolHistory                   | ?  | > SchoolHistory              |        |       | V | ATF15 ATF19            |
ATFpupil             | SuppInfo                        | ?  | any                          |        |       | V | ATF15                  |
`
