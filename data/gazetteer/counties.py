# SPDX-License-Identifier: GPL-3.0-or-later
"""What generate.py cannot read from cities500.txt: county names for GeoNames' codes, and the other names to keep."""

NATIONS = {"ENG": "E", "NIR": "N", "SCT": "S", "WLS": "W"}

# GeoNames' admin1.admin2 codes. The names are those people use to tell two places of one name apart.
COUNTIES = {
    "ENG.A3": "Barnsley", "ENG.A4": "Bath and North East Somerset", "ENG.A7": "Birmingham",
    "ENG.A8": "Blackburn with Darwen", "ENG.A9": "Blackpool", "ENG.AA": "Dorset", "ENG.B1": "Bolton",
    "ENG.B3": "Bracknell Forest", "ENG.B4": "Bradford", "ENG.B6": "Brighton and Hove", "ENG.B7": "Bristol",
    "ENG.B9": "Buckinghamshire", "ENG.C1": "Bury", "ENG.C2": "Calderdale", "ENG.C3": "Cambridgeshire",
    "ENG.C6": "Cornwall", "ENG.C7": "Coventry", "ENG.C9": "Cumbria", "ENG.D1": "Darlington", "ENG.D2": "Derby",
    "ENG.D3": "Derbyshire", "ENG.D4": "Devon", "ENG.D5": "Doncaster", "ENG.D6": "Dorset", "ENG.D7": "Dudley",
    "ENG.D8": "County Durham", "ENG.E1": "East Riding of Yorkshire", "ENG.E2": "East Sussex", "ENG.E4": "Essex",
    "ENG.E5": "Gateshead", "ENG.E6": "Gloucestershire", "ENG.E9": "Halton", "ENG.F2": "Hampshire",
    "ENG.F5": "Hartlepool", "ENG.F7": "Herefordshire", "ENG.F8": "Hertfordshire", "ENG.G2": "Isle of Wight",
    "ENG.G5": "Kent", "ENG.G6": "Hull", "ENG.G8": "Kirklees", "ENG.G9": "Knowsley", "ENG.GLA": "London",
    "ENG.H2": "Lancashire", "ENG.H3": "Leeds", "ENG.H4": "Leicester", "ENG.H5": "Leicestershire",
    "ENG.H7": "Lincolnshire", "ENG.H8": "Liverpool", "ENG.I1": "Luton", "ENG.I2": "Manchester", "ENG.I3": "Medway",
    "ENG.I5": "Middlesbrough", "ENG.I6": "Milton Keynes", "ENG.I7": "Newcastle upon Tyne", "ENG.I9": "Norfolk",
    "ENG.J1": "Northamptonshire", "ENG.J2": "North East Lincolnshire", "ENG.J3": "North Lincolnshire",
    "ENG.J4": "North Somerset", "ENG.J5": "North Tyneside", "ENG.J6": "Northumberland", "ENG.J7": "North Yorkshire",
    "ENG.J8": "Nottingham", "ENG.J9": "Nottinghamshire", "ENG.K1": "Oldham", "ENG.K2": "Oxfordshire",
    "ENG.K3": "Peterborough", "ENG.K4": "Plymouth", "ENG.K6": "Portsmouth", "ENG.K7": "Reading",
    "ENG.K9": "Redcar and Cleveland", "ENG.L2": "Rochdale", "ENG.L3": "Rotherham", "ENG.L4": "Rutland",
    "ENG.L5": "Salford", "ENG.L6": "Shropshire", "ENG.L7": "Sandwell", "ENG.L8": "Sefton", "ENG.L9": "Sheffield",
    "ENG.M1": "Slough", "ENG.M2": "Solihull", "ENG.M3": "Somerset", "ENG.M4": "Southampton",
    "ENG.M5": "Southend-on-Sea", "ENG.M6": "South Gloucestershire", "ENG.M7": "South Tyneside",
    "ENG.M9": "Staffordshire", "ENG.N1": "St Helens", "ENG.N2": "Stockport", "ENG.N3": "Stockton-on-Tees",
    "ENG.N4": "Stoke-on-Trent", "ENG.N5": "Suffolk", "ENG.N6": "Sunderland", "ENG.N7": "Surrey", "ENG.N9": "Swindon",
    "ENG.O1": "Tameside", "ENG.O2": "Telford and Wrekin", "ENG.O3": "Thurrock", "ENG.O4": "Torbay",
    "ENG.O6": "Trafford", "ENG.O7": "Wakefield", "ENG.O8": "Walsall", "ENG.P2": "Warrington",
    "ENG.P3": "Warwickshire", "ENG.P4": "West Berkshire", "ENG.P6": "West Sussex", "ENG.P7": "Wigan",
    "ENG.P8": "Wiltshire", "ENG.P9": "Windsor and Maidenhead", "ENG.Q1": "Wirral", "ENG.Q2": "Wokingham",
    "ENG.Q3": "Wolverhampton", "ENG.Q4": "Worcestershire", "ENG.Q5": "York", "ENG.Z5": "Bedford",
    "ENG.Z6": "Central Bedfordshire", "ENG.Z7": "Cheshire East", "ENG.Z8": "Cheshire West", "ENG.Z9": "Isles of Scilly",
    "NIR.N09000001": "Antrim and Newtownabbey", "NIR.N09000002": "Armagh, Banbridge and Craigavon",
    "NIR.N09000003": "Belfast", "NIR.N09000004": "Causeway Coast and Glens", "NIR.N09000005": "Derry and Strabane",
    "NIR.N09000006": "Fermanagh and Omagh", "NIR.N09000007": "Lisburn and Castlereagh",
    "NIR.N09000008": "Mid and East Antrim", "NIR.N09000009": "Mid Ulster", "NIR.N09000010": "Newry, Mourne and Down",
    "NIR.N09000011": "Ards and North Down",
    "SCT.T5": "Aberdeen", "SCT.T6": "Aberdeenshire", "SCT.T7": "Angus", "SCT.T8": "Argyll and Bute",
    "SCT.T9": "Scottish Borders", "SCT.U1": "Clackmannanshire", "SCT.U2": "Dumfries and Galloway",
    "SCT.U3": "Dundee", "SCT.U4": "East Ayrshire", "SCT.U5": "East Dunbartonshire", "SCT.U6": "East Lothian",
    "SCT.U7": "East Renfrewshire", "SCT.U8": "Edinburgh", "SCT.U9": "Falkirk", "SCT.V1": "Fife", "SCT.V2": "Glasgow",
    "SCT.V3": "Highland", "SCT.V4": "Inverclyde", "SCT.V5": "Midlothian", "SCT.V6": "Moray",
    "SCT.V7": "North Ayrshire", "SCT.V8": "North Lanarkshire", "SCT.V9": "Orkney", "SCT.W1": "Perth and Kinross",
    "SCT.W2": "Renfrewshire", "SCT.W3": "Shetland", "SCT.W4": "South Ayrshire", "SCT.W5": "South Lanarkshire",
    "SCT.W6": "Stirling", "SCT.W7": "West Dunbartonshire", "SCT.W8": "Western Isles", "SCT.W9": "West Lothian",
    "WLS.X1": "Anglesey", "WLS.X2": "Blaenau Gwent", "WLS.X3": "Bridgend", "WLS.X4": "Caerphilly",
    "WLS.X5": "Cardiff", "WLS.X6": "Ceredigion", "WLS.X7": "Carmarthenshire", "WLS.X8": "Conwy",
    "WLS.X9": "Denbighshire", "WLS.Y1": "Flintshire", "WLS.Y2": "Gwynedd", "WLS.Y3": "Merthyr Tydfil",
    "WLS.Y4": "Monmouthshire", "WLS.Y5": "Neath Port Talbot", "WLS.Y6": "Newport", "WLS.Y7": "Pembrokeshire",
    "WLS.Y8": "Powys", "WLS.Y9": "Rhondda Cynon Taf", "WLS.Z1": "Swansea", "WLS.Z2": "Torfaen",
    "WLS.Z3": "Vale of Glamorgan", "WLS.Z4": "Wrexham",
}

# Kept where GeoNames lists them as a place's other name.
OTHER_NAMES = {
    # Welsh
    "Abertawe", "Aberdaugleddau", "Aberdâr", "Abergwaun", "Abermaw", "Aberpennar", "Aberteifi", "Bae Colwyn", "Biwmares",
    "Brynbuga", "Caerdydd", "Caerffili", "Caerfyrddin", "Caergybi", "Casnewydd", "Castell-nedd", "Cas-gwent",
    "Cei Newydd", "Cil-y-coed", "Conwy", "Crucywel", "Dinbych", "Dinbych-y-pysgod", "Doc Penfro", "Glyn Ebwy",
    "Hendy Gwyn", "Hwlffordd", "Llanandras", "Llanbedr Pont Steffan", "Llandeilo", "Llanelwy", "Llanilltud Fawr",
    "Llanymddyfri", "Machynlleth", "Merthyr Tudful", "Mynwy", "Penfro", "Penybont", "Pen-y-bont ar Ogwr", "Pontypŵl",
    "Porthaethwy", "Rhaeadr Gwy", "Rhaglan", "Rhiwabon", "Rhuthun", "Sancler", "Treffynnon", "Trefdraeth", "Trefynwy",
    "Treorci", "Treforys", "Trefyclo", "Tyddewi", "Wrecsam", "Y Barri", "Y Bont-faen", "Y Drenewydd", "Y Fenni",
    "Y Fflint", "Y Gelli", "Y Gelli Gandryll", "Y Rhondda", "Y Rhyl", "Y Trallwng", "Y Wig", "Yr Wyddgrug", "Aberhonddu",
    "Pontarddulais", "Port Talbot", "Porthcawl", "Prestatyn", "Trefaldwyn", "Trefyclawdd", "Talacharn",
    # Scottish Gaelic and Scots
    "An Gearasdan", "An t-Òban", "Baile na h-Ùige", "Dùn Dè", "Dùn Èideann", "Dùn Phàrlain", "Glaschu", "Inbhir Nis",
    "Inbhir Theòrsa", "Inbhir Ùige", "Obar Dheathain", "Peairt", "Port Rìgh", "Sruighlea", "Steòrnabhagh", "Ulapul",
    "An t-Sron", "Tobar Mhoire", "Inbhir Narann", "Inbhir Aora", "Drochaid an Aonachain", "Baile Chloichridh",
    # Irish
    "Aontroim", "Ard Mhacha", "Baile Mheana", "Beannchar", "Béal Feirste", "Carraig Fhearghais", "Cúil Raithin",
    "Doire", "Dún Geanainn", "Dún Pádraig", "Inis Ceithleann", "Iúr Cinn Trá", "Latharna", "Léim an Mhadaidh",
    "Lios na gCearrbhach", "An Ómaigh", "An Srath Bán", "An tIúr", "Baile Nua na hArda",
    # Second names in English
    "Londonderry", "Hull", "Newcastle", "Stoke", "Bo'ness", "Middleton", "Brecon", "Kings Lynn", "Great Yarmouth",
    "Barrow-in-Furness", "Ross-on-Wye", "Burton-on-Trent", "Newcastle-under-Lyme", "Ashton-in-Makerfield",
    "Leamington Spa", "Leamington", "Southend", "Weston-super-Mare", "Lytham St Annes", "Lytham Saint Annes",
    "Saint Helens", "Saint Albans", "Saint Ives", "Stoke on Trent", "Weston super Mare",
}
