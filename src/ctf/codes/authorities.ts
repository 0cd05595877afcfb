/** Local authorities, past and present, and what stands for one in a transfer file. As readCodeTable explains. */
export const AUTHORITY_CODES = `
= la | CS003 | V | CBDS N00216; numbers were added since 2018 | Local authority | Awdurdod lleol
001 | Test authority | Awdurdod prawf
003 | Data and Research Services | Gwasanaethau Data ac Ymchwil
010 | Belfast Education and Library Board (primary) | Bwrdd Addysg a Llyfrgelloedd Belffast (cynradd) | no-upn
011 | Belfast Education and Library Board (nursery) | Bwrdd Addysg a Llyfrgelloedd Belffast (meithrin) | no-upn
012 | Belfast Education and Library Board (secondary) | Bwrdd Addysg a Llyfrgelloedd Belffast (uwchradd) | no-upn
013 | Belfast Education and Library Board (special) | Bwrdd Addysg a Llyfrgelloedd Belffast (arbennig) | no-upn
014 | Belfast Education and Library Board (grammar) | Bwrdd Addysg a Llyfrgelloedd Belffast (gramadeg) | no-upn
016 | Belfast Education and Library Board (preparatory) | Bwrdd Addysg a Llyfrgelloedd Belffast (paratoadol) | no-upn
020 | Western Education and Library Board (primary) | Bwrdd Addysg a Llyfrgelloedd y Gorllewin (cynradd) | no-upn
021 | Western Education and Library Board (nursery) | Bwrdd Addysg a Llyfrgelloedd y Gorllewin (meithrin) | no-upn
022 | Western Education and Library Board (secondary) | Bwrdd Addysg a Llyfrgelloedd y Gorllewin (uwchradd) | no-upn
023 | Western Education and Library Board (special) | Bwrdd Addysg a Llyfrgelloedd y Gorllewin (arbennig) | no-upn
024 | Western Education and Library Board (grammar) | Bwrdd Addysg a Llyfrgelloedd y Gorllewin (gramadeg) | no-upn
026 | Western Education and Library Board (preparatory) | Bwrdd Addysg a Llyfrgelloedd y Gorllewin (paratoadol) | no-upn
030 | North Eastern Education and Library Board (primary) | Bwrdd Addysg a Llyfrgelloedd y Gogledd-ddwyrain (cynradd) | no-upn
031 | North Eastern Education and Library Board (nursery) | Bwrdd Addysg a Llyfrgelloedd y Gogledd-ddwyrain (meithrin) | no-upn
032 | North Eastern Education and Library Board (secondary) | Bwrdd Addysg a Llyfrgelloedd y Gogledd-ddwyrain (uwchradd) | no-upn
033 | North Eastern Education and Library Board (special) | Bwrdd Addysg a Llyfrgelloedd y Gogledd-ddwyrain (arbennig) | no-upn
034 | North Eastern Education and Library Board (grammar) | Bwrdd Addysg a Llyfrgelloedd y Gogledd-ddwyrain (gramadeg) | no-upn
036 | North Eastern Education and Library Board (preparatory) | Bwrdd Addysg a Llyfrgelloedd y Gogledd-ddwyrain (paratoadol) | no-upn
040 | South Eastern Education and Library Board (primary) | Bwrdd Addysg a Llyfrgelloedd y De-ddwyrain (cynradd) | no-upn
041 | South Eastern Education and Library Board (nursery) | Bwrdd Addysg a Llyfrgelloedd y De-ddwyrain (meithrin) | no-upn
042 | South Eastern Education and Library Board (secondary) | Bwrdd Addysg a Llyfrgelloedd y De-ddwyrain (uwchradd) | no-upn
043 | South Eastern Education and Library Board (special) | Bwrdd Addysg a Llyfrgelloedd y De-ddwyrain (arbennig) | no-upn
044 | South Eastern Education and Library Board (grammar) | Bwrdd Addysg a Llyfrgelloedd y De-ddwyrain (gramadeg) | no-upn
046 | South Eastern Education and Library Board (preparatory) | Bwrdd Addysg a Llyfrgelloedd y De-ddwyrain (paratoadol) | no-upn
050 | Southern Education and Library Board (primary) | Bwrdd Addysg a Llyfrgelloedd y De (cynradd) | no-upn
051 | Southern Education and Library Board (nursery) | Bwrdd Addysg a Llyfrgelloedd y De (meithrin) | no-upn
052 | Southern Education and Library Board (secondary) | Bwrdd Addysg a Llyfrgelloedd y De (uwchradd) | no-upn
053 | Southern Education and Library Board (special) | Bwrdd Addysg a Llyfrgelloedd y De (arbennig) | no-upn
054 | Southern Education and Library Board (grammar) | Bwrdd Addysg a Llyfrgelloedd y De (gramadeg) | no-upn
056 | Southern Education and Library Board (preparatory) | Bwrdd Addysg a Llyfrgelloedd y De (paratoadol) | no-upn
167 | Pan-London Register | Cofrestr Llundain Gyfan | no-upn
201 | City of London | Dinas Llundain
202 | Camden | Camden
203 | Greenwich | Greenwich
204 | Hackney | Hackney
205 | Hammersmith and Fulham | Hammersmith a Fulham
206 | Islington | Islington
207 | Kensington and Chelsea | Kensington a Chelsea
208 | Lambeth | Lambeth
209 | Lewisham | Lewisham
210 | Southwark | Southwark
211 | Tower Hamlets | Tower Hamlets
212 | Wandsworth | Wandsworth
213 | Westminster | Westminster
301 | Barking and Dagenham | Barking a Dagenham
302 | Barnet | Barnet
303 | Bexley | Bexley
304 | Brent | Brent
305 | Bromley | Bromley
306 | Croydon | Croydon
307 | Ealing | Ealing
308 | Enfield | Enfield
309 | Haringey | Haringey
310 | Harrow | Harrow
311 | Havering | Havering
312 | Hillingdon | Hillingdon
313 | Hounslow | Hounslow
314 | Kingston upon Thames | Kingston upon Thames
315 | Merton | Merton
316 | Newham | Newham
317 | Redbridge | Redbridge
318 | Richmond upon Thames | Richmond upon Thames
319 | Sutton | Sutton
320 | Waltham Forest | Waltham Forest
330 | Birmingham | Birmingham
331 | Coventry | Coventry
332 | Dudley | Dudley
333 | Sandwell | Sandwell
334 | Solihull | Solihull
335 | Walsall | Walsall
336 | Wolverhampton | Wolverhampton
340 | Knowsley | Knowsley
341 | Liverpool | Lerpwl
342 | St Helens | St Helens
343 | Sefton | Sefton
344 | Wirral | Wirral
350 | Bolton | Bolton
351 | Bury | Bury
352 | Manchester | Manceinion
353 | Oldham | Oldham
354 | Rochdale | Rochdale
355 | Salford | Salford
356 | Stockport | Stockport
357 | Tameside | Tameside
358 | Trafford | Trafford
359 | Wigan | Wigan
370 | Barnsley | Barnsley
371 | Doncaster | Doncaster
372 | Rotherham | Rotherham
373 | Sheffield | Sheffield
380 | Bradford | Bradford
381 | Calderdale | Calderdale
382 | Kirklees | Kirklees
383 | Leeds | Leeds
384 | Wakefield | Wakefield
390 | Gateshead | Gateshead
391 | Newcastle upon Tyne | Newcastle upon Tyne
392 | North Tyneside | North Tyneside
393 | South Tyneside | South Tyneside
394 | Sunderland | Sunderland
420 | Isles of Scilly | Ynysoedd Syllan
600 | Scotland | Yr Alban | no-upn
601 | Aberdeen | Aberdeen | no-upn
602 | Aberdeenshire | Aberdeenshire | no-upn
603 | Angus | Angus | no-upn
604 | Argyll and Bute | Argyll a Bute | no-upn
605 | Clackmannanshire | Clackmannanshire | no-upn
606 | Dumfries and Galloway | Dumfries a Galloway | no-upn
607 | Dundee | Dundee | no-upn
608 | East Ayrshire | Dwyrain Ayrshire | no-upn
609 | East Dunbartonshire | Dwyrain Dunbartonshire | no-upn
610 | East Lothian | Dwyrain Lothian | no-upn
611 | East Renfrewshire | Dwyrain Renfrewshire | no-upn
612 | Edinburgh | Caeredin | no-upn
613 | Eilean Siar | Ynysoedd Allanol Heledd (Eilean Siar) | no-upn
614 | Falkirk | Falkirk | no-upn
615 | Fife | Fife | no-upn
616 | Glasgow | Glasgow | no-upn
617 | Highland | Ucheldir yr Alban | no-upn
618 | Inverclyde | Inverclyde | no-upn
619 | Midlothian | Midlothian | no-upn
620 | Moray | Moray | no-upn
621 | North Ayrshire | Gogledd Ayrshire | no-upn
622 | North Lanarkshire | Gogledd Lanarkshire | no-upn
623 | Orkney Islands | Ynysoedd Erch | no-upn
624 | Perth and Kinross | Perth a Kinross | no-upn
625 | Renfrewshire | Renfrewshire | no-upn
626 | Scottish Borders | Gororau’r Alban | no-upn
627 | Shetland Islands | Ynysoedd Shetland | no-upn
628 | South Ayrshire | De Ayrshire | no-upn
629 | South Lanarkshire | De Lanarkshire | no-upn
630 | Stirling | Stirling | no-upn
631 | West Dunbartonshire | Gorllewin Dunbartonshire | no-upn
632 | West Lothian | Gorllewin Lothian | no-upn
633 | Western Isles | Ynysoedd Allanol Heledd | no-upn
660 | Isle of Anglesey | Ynys Môn
661 | Gwynedd | Gwynedd
662 | Conwy | Conwy
663 | Denbighshire | Sir Ddinbych
664 | Flintshire | Sir y Fflint
665 | Wrexham | Wrecsam
666 | Powys | Powys
667 | Ceredigion | Ceredigion
668 | Pembrokeshire | Sir Benfro
669 | Carmarthenshire | Sir Gaerfyrddin
670 | Swansea | Abertawe
671 | Neath Port Talbot | Castell-nedd Port Talbot
672 | Bridgend | Pen-y-bont ar Ogwr
673 | Vale of Glamorgan | Bro Morgannwg
674 | Rhondda Cynon Taf | Rhondda Cynon Taf
675 | Merthyr Tydfil | Merthyr Tudful
676 | Caerphilly | Caerffili
677 | Blaenau Gwent | Blaenau Gwent
678 | Torfaen | Torfaen
679 | Monmouthshire | Sir Fynwy
680 | Newport | Casnewydd
681 | Cardiff | Caerdydd
701 | Scotland offshore establishments | Sefydliadau alltraeth yr Alban
702 | Service Children’s Education Authority | Awdurdod Addysg Plant y Lluoedd Arfog
703 | Other overseas schools | Ysgolion tramor eraill
704 | Shell schools | Ysgolion Shell
705 | Isle of Man | Ynys Manaw
706 | Guernsey | Ynys y Garn
707 | Jersey | Jersey
708 | Gibraltar | Gibraltar
800 | Bath and North East Somerset | Caerfaddon a Gogledd-ddwyrain Gwlad yr Haf
801 | Bristol | Bryste
802 | North Somerset | Gogledd Gwlad yr Haf
803 | South Gloucestershire | De Swydd Gaerloyw
805 | Hartlepool | Hartlepool
806 | Middlesbrough | Middlesbrough
807 | Redcar and Cleveland | Redcar a Cleveland
808 | Stockton-on-Tees | Stockton-on-Tees
810 | Kingston upon Hull | Kingston upon Hull
811 | East Riding of Yorkshire | Dwyrain Swydd Efrog
812 | North East Lincolnshire | Gogledd-ddwyrain Swydd Lincoln
813 | North Lincolnshire | Gogledd Swydd Lincoln
815 | North Yorkshire | Gogledd Swydd Efrog
816 | York | Efrog
820 | Bedfordshire (before 2009) | Swydd Bedford (cyn 2009) | historic
821 | Luton | Luton
822 | Bedford Borough | Bwrdeistref Bedford
823 | Central Bedfordshire | Canol Swydd Bedford
825 | Buckinghamshire | Swydd Buckingham
826 | Milton Keynes | Milton Keynes
830 | Derbyshire | Swydd Derby
831 | Derby | Derby
835 | Dorset (until 2019) | Dorset (tan 2019) | historic
836 | Poole (until 2019) | Poole (tan 2019) | historic
837 | Bournemouth (until 2019) | Bournemouth (tan 2019) | historic
838 | Dorset | Dorset | unverified
839 | Bournemouth, Christchurch and Poole | Bournemouth, Christchurch a Poole | unverified
840 | Durham | Durham
841 | Darlington | Darlington
845 | East Sussex | Dwyrain Sussex
846 | Brighton and Hove | Brighton a Hove
850 | Hampshire | Hampshire
851 | Portsmouth | Portsmouth
852 | Southampton | Southampton
855 | Leicestershire | Swydd Gaerlŷr
856 | Leicester | Caerlŷr
857 | Rutland | Rutland
860 | Staffordshire | Swydd Stafford
861 | Stoke-on-Trent | Stoke-on-Trent
865 | Wiltshire | Wiltshire
866 | Swindon | Swindon
867 | Bracknell Forest | Bracknell Forest
868 | Windsor and Maidenhead | Windsor a Maidenhead
869 | West Berkshire | Gorllewin Berkshire
870 | Reading | Reading
871 | Slough | Slough
872 | Wokingham | Wokingham
873 | Cambridgeshire | Swydd Gaergrawnt
874 | Peterborough | Peterborough
875 | Cheshire (before 2009) | Swydd Gaer (cyn 2009) | historic
876 | Halton | Halton
877 | Warrington | Warrington
878 | Devon | Dyfnaint
879 | Plymouth | Plymouth
880 | Torbay | Torbay
881 | Essex | Essex
882 | Southend-on-Sea | Southend-on-Sea
883 | Thurrock | Thurrock
884 | Herefordshire | Swydd Henffordd
885 | Worcestershire | Swydd Gaerwrangon
886 | Kent | Caint
887 | Medway | Medway
888 | Lancashire | Swydd Gaerhirfryn
889 | Blackburn with Darwen | Blackburn gyda Darwen
890 | Blackpool | Blackpool
891 | Nottinghamshire | Swydd Nottingham
892 | Nottingham | Nottingham
893 | Shropshire | Swydd Amwythig
894 | Telford and Wrekin | Telford a Wrekin
895 | Cheshire East | Dwyrain Swydd Gaer
896 | Cheshire West and Chester | Gorllewin Swydd Gaer a Chaer
901 | Avon (before reorganisation) | Avon (cyn yr ad-drefnu) | historic no-upn
902 | Bedfordshire (before reorganisation) | Swydd Bedford (cyn yr ad-drefnu) | historic no-upn
903 | Berkshire (before reorganisation) | Berkshire (cyn yr ad-drefnu) | historic no-upn
904 | Buckinghamshire (before reorganisation) | Swydd Buckingham (cyn yr ad-drefnu) | historic no-upn
905 | Cambridgeshire (before reorganisation) | Swydd Gaergrawnt (cyn yr ad-drefnu) | historic no-upn
906 | Cheshire (before reorganisation) | Swydd Gaer (cyn yr ad-drefnu) | historic no-upn
907 | Cleveland (before reorganisation) | Cleveland (cyn yr ad-drefnu) | historic no-upn
908 | Cornwall | Cernyw
909 | Cumbria (until 2023) | Cumbria (tan 2023) | historic
910 | Derbyshire (before reorganisation) | Swydd Derby (cyn yr ad-drefnu) | historic no-upn
911 | Devon (before reorganisation) | Dyfnaint (cyn yr ad-drefnu) | historic no-upn
912 | Dorset (before reorganisation) | Dorset (cyn yr ad-drefnu) | historic no-upn
913 | Durham (before reorganisation) | Durham (cyn yr ad-drefnu) | historic no-upn
914 | East Sussex (before reorganisation) | Dwyrain Sussex (cyn yr ad-drefnu) | historic no-upn
915 | Essex (before reorganisation) | Essex (cyn yr ad-drefnu) | historic no-upn
916 | Gloucestershire | Swydd Gaerloyw
917 | Hampshire (before reorganisation) | Hampshire (cyn yr ad-drefnu) | historic no-upn
918 | Hereford and Worcester (before reorganisation) | Henffordd a Chaerwrangon (cyn yr ad-drefnu) | historic no-upn
919 | Hertfordshire | Swydd Hertford
920 | Humberside (before reorganisation) | Humberside (cyn yr ad-drefnu) | historic no-upn
921 | Isle of Wight | Ynys Wyth
922 | Kent (before reorganisation) | Caint (cyn yr ad-drefnu) | historic no-upn
923 | Lancashire (before reorganisation) | Swydd Gaerhirfryn (cyn yr ad-drefnu) | historic no-upn
924 | Leicestershire (before reorganisation) | Swydd Gaerlŷr (cyn yr ad-drefnu) | historic no-upn
925 | Lincolnshire | Swydd Lincoln
926 | Norfolk | Norfolk
927 | North Yorkshire (before reorganisation) | Gogledd Swydd Efrog (cyn yr ad-drefnu) | historic no-upn
928 | Northamptonshire (until 2021) | Swydd Northampton (tan 2021) | historic
929 | Northumberland | Northumberland
930 | Nottinghamshire (before reorganisation) | Swydd Nottingham (cyn yr ad-drefnu) | historic no-upn
931 | Oxfordshire | Swydd Rydychen
932 | Shropshire (before reorganisation) | Swydd Amwythig (cyn yr ad-drefnu) | historic no-upn
933 | Somerset | Gwlad yr Haf
934 | Staffordshire (before reorganisation) | Swydd Stafford (cyn yr ad-drefnu) | historic no-upn
935 | Suffolk | Suffolk
936 | Surrey | Surrey
937 | Warwickshire | Swydd Warwick
938 | West Sussex | Gorllewin Sussex
939 | Wiltshire (before reorganisation) | Wiltshire (cyn yr ad-drefnu) | historic no-upn
940 | North Northamptonshire | Gogledd Swydd Northampton | unverified
941 | West Northamptonshire | Gorllewin Swydd Northampton | unverified
942 | Cumberland | Cumberland | unverified
943 | Westmorland and Furness | Westmorland a Furness | unverified
MMM | Left the maintained sector | Wedi gadael y sector a gynhelir | no-upn
NAA | National Assessment Agency, for assessment results | Yr Asiantaeth Asesu Genedlaethol, ar gyfer canlyniadau asesu | no-upn
XXX | LA not known | ALl anhysbys | no-upn
`
