"""Words from which invented values are put together."""

WORD_NAMES = """
Will Grace Mark Hope Joy Faith Patience Charity Frank Rob Bill Sue Pat Jack Nick Drew Chuck Dean Ray Dawn Summer April June May Autumn Rose Lily Ivy Holly Heather Olive Ginger
Poppy Daisy Violet Hazel Amber Ruby Jade Pearl Crystal Sandy Rusty Rich Miles Art Guy Grant Chase Chance Wade Ward Cliff Dale Heath Brook Reed Paige Skip Norm Gene Max Harry
Robin Martin Jay Kit Dot Penny Buck Bud Angel Sky Storm Star Christian Earl Duke Prince King Bishop Major Hunter Mason Tanner Cook Baker Blessing Precious Gift Comfort Mercy
Favour Innocent Justice Sunday Friday Monday Goodluck Wisdom Promise Destiny Melody Harmony Tiger Bear Sunny Merry Gay Basil Rosemary Sage Clay Rocky Lance Van Trip Josh Carol Noel
Eve Belle Iris Fern Flora Coral Willow Jewel Gem Gemma Wren Lark Raven Phoenix Dolly Candy Cherry Honey Bunny Kitty Misty Stormy Clement Ernest Victor Rod Randy Dick Jerry Barry
Curt Chip Chad Brad Mitch Spike Tank Ace Ash Asa Bay Blaise Brooke Cash Chelsea Colt Dallas Dell Denver Diamond Dexter Drake Ebony Fisher Forrest Fox Gale Garnet Glen Gill
Happy Haven Heaven Hero Ivory Jasmine Jet Jimmy Joker Journey Kay Kelly King Lane Laurel Liberty Lotus Love Lucky Mango Marina Maverick Memory Myrtle North Ocean Opal Paris Parker
Pepper Perry Peony Piper Porter Price Queen Rain Rebel Reign Rhodes River Royal Rush Saffron Sailor Sapphire Scarlet Scout September Serenity Shade Sherry Sonny Spencer Sterling
Stone Temperance Tempest True Trinity Trusty Tuesday Tulip Tyne Unity Vale Verity Vesper Viola West Winter Wolf Woody Zen Constance Prudence Felicity Verity Honor Amity Mae Dee Bea
Al Jo Di Em Vi Si Ty Lee Bo Ray Roy Guy Troy Clay Flo Fay Gus Hank Herb Hugh Ike Jude Lou Luke Mick Mac Ned Pip Ralph Rick Rolf Ross Russ Sid Stan Ted Tim Tom Vic Wes Bob Jim Sam Ben Dan Ken Don Ron Len Les
""".split()
DOUBLE_NAMES = [
    *"Mary-Jane Anne-Marie Jean-Paul Jo-Anne Mary-Kate Sarah-Jane Lily-Mae Ava-Rose Bobby-Joe Juan-Carlos Jean-Luc Hans-Peter Marie-Claire Kelly-Ann Lee-Ann Ruth-Ann Peggy-Sue Abdul-Rahman Al-Amin Min-jun Ji-woo Xiao-Ming Mei-Ling Wai-Ming Chia-Lun Stacey-Ann D'Angelo La'Shawn Ze-Carlos Ana-Maria Rosa-Maria Pierre-Yves Karl-Heinz Anna-Lena Eva-Maria".split(),
    *["Zhang Wei", "Li Na", "Wang Fang", "Mei Ling", "Thu Trang", "Van Anh", "Minh Anh", "Kim Chi", "Nguyen Van", "Chen Xi", "Liu Yang", "Mary Ann", "Jo Anne", "Maria Elena", "Juan Pablo", "Jose Luis", "Ana Paula", "Abu Bakr", "Nur Aisyah", "Sri Devi", "Gul Khan", "Bibi Jan", "Mary Jo", "Billy Joe", "Lee Anne", "Ngoc Lan", "Sung Min", "Ji Woo", "Hye Jin"],
]  # fmt: skip
WORD_SURNAMES = """
Young Long Short White Black Green Brown Gray Grey Wood Woods Stone Hill Hills Field Fields Banks Park Parks Church Price Sharp Best Good Day Knight Noble Swift Moody Savage Sweet Love Power Rice Lamb Fish Fox Wolf Bird Crow Swan
Drake Finch Wren King Prince Duke Bishop Pope Abbott Major Cook Baker Butler Porter Turner Cooper Carter Mason Hunter Fisher Taylor Smith Miller Potter Archer Walker Marsh Moor Lake Rivers Brooks Pool Pond Waters Frost Snow Winter Summers
Day Monday Friday Holiday Christmas May March Light Bright Dark Wise Strong Smart Rich Poor Noble Little Small Large Bigg Head Hand Foot Legg Beard Hair Bone Bones Blood Hart Bull Hogg Pigg Cotton Silk Wool Gold Silver Steel Iron Copper
Bell Horn Drum Book Page Reader Penn Case Box Chambers House Hall Castle Tower Gates Wall Bridges Street Lane Rhodes Parish Temple Cross Nunn Monk Parsons Friend Child Man Gentle Hope Joy Grace Faith Mercy Pride Bliss Lust Rush Speed Quick Hastings Early Late Fry Bacon Pepper Salt Curry Berry Plum Peach Root Bush Thorne Reed Heath
""".split()
PARTICLES = ["van der", "de", "van", "von", "dos", "da", "del", "de la", "al", "El", "bin", "ben", "Ní", "Ó", "Mac", "St", "Di", "Le", "La", "Abu", "Ap"]
SURNAME_ENDS = ["", "son", "ski", "ska", "ova", "ov", "ev", "enko", "escu", "ez", "wala", "pur", "dottir", "nen", "ian", "yan", "shvili", "oglu", "ides", "opoulos", "ini", "etti", "well", "worth", "ley", "man", "mann", "berg", "stein", "bridge", "wood", "field"]
SYLLABLES = """
a ba be bi bo bu ca ce chi cho da de di do du e el em en fa fe fi fo ga ge gi go gu ha he hi ho hu i ja je ji jo ju ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu o ol ra re ri ro ru sa se sha she shi so su ta te thi ti to tu
u va ve vi vo wa we ya ye yo yu za ze zi zo zu nka nde mba ngo kwa nya tse tlo dla mpho xo qui bron cath dar ed fin glen hal iv jor ken lor mar nor os per quin ros stan tam ul vic wen yar zan bal kar san dev raj vik pra shan nath preet jit der
mir slav ek ina ka ko cek bor lin mei xiu jun hao wei ting fang hui yan ling min soo hee won jin hyun kyu thu trang anh minh duc aki yuki haru sato mari kei ry
""".split()
BYNAME_STARTS = ["Big", "Wee", "Little", "Old", "Young", "Mad", "Fat", "Tall", "Posh", "Ginger", "Scouse", "Irish", "Polish", "Scottish", "Baldy", "Dirty", "Lucky", "Happy", "Grumpy", "Wild", "Fast", "Slow", "Wor", "Our", "Auld"]
BYNAME_ENDS = ["zza", "bo", "o", "y", "sy", "ers", "ster", "kins", "zer", "ie", "mo", "sie", "z", "no"]
ROOMS = "Ward Room Lab Bay Block Building Unit Theatre Suite Corridor Dock Depot Warehouse Shed Plant Site Studio Wing Plot Sector Gate Hangar Classroom Workshop Clinic Hut Pod Hall Cabin Platform Cell Store Pier Berth Office Zone Terminal Laboratory Kitchen Bunker Greenhouse Chalet Annexe".split()
ROOMS += ["Meeting room", "Treatment room", "Cold room", "Server room", "Plant room", "Operating theatre", "Loading bay", "Training room", "Dressing room", "Interview room", "Clean room", "Control room", "Store room"]
HOUSE_NAMES = """
Beckett Hepworth Rowan Oak Maple Willow Beech Cedar Ash Elm Birch Larch Holly Hawthorn Bluebell Primrose Poppy Lavender Heather Fern Kestrel Falcon Heron Swan Kingfisher Osprey Robin Wren Lark Nightingale Turing Newton Darwin Faraday Brunel
Stephenson Telford Watt Curie Franklin Lovelace Hopper Austen Bronte Dickens Shelley Keats Byron Burns Scott Wordsworth Shakespeare Nelson Wellington Churchill Victoria Albert Elizabeth Windsor Balmoral Castle Abbey Priory Minster Cathedral Harbour
Quayside Riverside Lakeside Seaview Hillside Meadow Valley Orchard Garden Park Mill Forge Foundry Station Canal Bridge Tower Crown Royal Regent Kings Queens Princess Prince Phoenix Apollo Jupiter Mercury Saturn Neptune
Orion Titan Atlas Sunrise Sunset Northern Southern Eastern Western Highfield Westfield Eastfield Northgate Southgate Fairview Greenacre Longmeadow Silverdale Ashdown Kingsway Queensway Tanner Cutler Fuller Weaver Chandler Cooper Thatcher Brewer Mason Farrier
Pinevale Stonebridge Oakhurst Elmwood Brookside Fernleigh Larkspur Coppergate Saltmarsh Marlowe Ashby Cobden Aldwych Attlee Bevan Mandela Gandhi Nehru Nkrumah Station Market Victoria Albion Union Alma Corbel Fenchurch Sycamore Chestnut Magnolia Jasmine Sunflower
""".split()  # noqa: RUF100
HOUSES = "House Hall Ward Wing Lodge Building Court Suite Tower Annexe Theatre Depot Clinic Campus Works Mill Quay Wharf Yard Room Block Hangar Unit Warehouse Centre Hub Park Estate Barracks Terminal Dock Hospital Station Gate Farm Villa Manor Studios Mews Store Plaza".split()
FIRM_NAMES = """
Tollgate BrightPath Coppergate Stafflane Saltmarsh Stagline Hylo Penhallow Tarrant Greenacre Sparklite Obsidian Skyport Bellwether Kettle Nordvik Whitefold Blackmould Fenside Brackenridge Huntley Gunstone Tameford Albion Kestrel Kessler Axium Plastrix Caldane Quayside
Northshore Deepwell Lockhaven Rapidhands Fairmile Hallam Hebridean Pinevale Meridian Apex Summit Pinnacle Zenith Horizon Vanguard Sentinel Beacon Anchor Harbour Atlas Titan Phoenix Falcon Eagle Griffin Dragon Lion Crown Regal Royal Imperial Majestic Premier Prime First
Direct Swift Rapid Express Quick Fast Sure Safe Secure Total Complete Advance Advanced Modern Future Nova Stella Luna Solar Terra Aqua Ignis Ventus Vertex Matrix Nexus Axis Core Omega Alpha Delta Sigma Gamma Orbit Comet Rocket Spark Bright Clear Pure True Noble Trust Unity
Northern Southern Eastern Western Midland Central National Global Universal Metro Urban City Coastal Valley Highland Lowland Riverside Lakeland Moorland Heath Oakwood Ashford Elmstead Birchwood Cedarwood Maplewood Silverline Goldline Blueline Redline Greenline Blue Arrow Red Kite Green Leaf White Rose Black Swan Golden Gate
""".split()
FIRM_ENDS = """
Bakeries Foods Logistics Recruitment Staffing Security Cleaning Catering Care Group Services Solutions Haulage Transport Freight Couriers Construction Builders Scaffolding Roofing Electrical Plumbing Engineering Steel Motors Packaging Plastics Timber Seafoods Farms Dairies Brewery
Laundry Contractors Maintenance Facilities Labs Pharma Systems Technologies Tech Software Consulting Associates Partners Holdings Industries Manufacturing Mills Textiles Hotels Leisure Pubs Supermarkets Stores Retail Homes Housing Healthcare Hospitals Dental Agency Personnel People Trust
Council Hospice Nurseries Energy Power Water Waste Recycling Telecom Media Print Press Insurance Bank Finance Airways Marine Shipping Ferries Rail Buses Coaches Cabs Taxis Windows Kitchens Flooring Interiors Utilities
""".split()
SCHOOLS = "College Academy School Primary High University Tech Nursery Hospital Infirmary Surgery Hospice Infants Grammar Institute Polytechnic Comprehensive Trust".split() + ["High School", "Primary School", "Sixth Form", "Care Home", "Health Centre", "Academy Trust", "General Hospital", "Technical College"]
TEAM_NAMES = """
Hummingbird Mosaic Kestrel Falcon Eagle Phoenix Lantern Titan Atlas Apollo Orion Mercury Gemini Voyager Pioneer Horizon Sunrise Compass Anchor Beacon Bridge Summit Everest Olympus Neptune Aurora Nova Comet Rocket Spark Lightning Thunder Storm Tempest Avalanche Glacier Tundra
Alpha Bravo Charlie Delta Echo Foxtrot Omega Sigma Gamma Red Blue Green Yellow Orange Purple Amber Silver Gold Platinum Bronze Diamond Emerald Sapphire Ruby Jade Platform Growth Payments Checkout Search Data Digital Retention Onboarding Renewals Claims Disputes Collections Transformation
Synergy Evolve Ignite Elevate Accelerate Velocity Momentum Catalyst Fusion Nexus Matrix Vertex Pulse Rhythm Tempo Harmony Unity Together Forward Future Next Simplify Streamline Reset Refresh Renew Rebuild Tomorrow Excellence Lean Agile Scrum Kaizen Tiger Panther Lion Wolf Bear Fox Badger Otter Hedgehog
Dragon Griffin Unicorn Pegasus Hydra Kraken Cobra Viper Raptor Condor Osprey Heron Swallow Magpie Robin Acorn Oak Willow Maple Cedar Juniper Clover Thistle Bluebell Sunflower Marigold
""".split()
TEAM_ENDS = "team programme project squad crew pod shift group initiative tribe guild hub programme team project team shift taskforce workstream desk cell stream".split()
PLAIN_TEAMS = [
    "data platform", "fraud squad", "paint shop", "press shop", "night owls", "lean team", "wafer crew", "engineering stores", "flavour lab", "returns team", "claims north", "complaints team", "disputes desk", "customer insight",
    "site reliability", "core banking", "mobile apps", "payments platform", "identity squad", "growth marketing", "brand studio", "digital hub", "parks and greenspaces", "asset management team", "bid team", "rapid response team", "outreach team",
    "street scene", "community nursing team", "crisis team", "stroke team", "pain team", "infusion team", "discharge hub", "bed bureau", "flow team", "network ops", "ramp services", "cargo desk", "crew control", "special projects", "new build team",
    "voids team", "income team", "early help", "fostering team", "transition team", "sensory team", "pastoral team", "house team", "stage crew", "props department", "costume shop", "ticketing squad", "fan zone crew", "blue watch", "red watch", "green watch", "white watch",
]  # fmt: skip
ROLES = [
    "finance director", "health and safety officer", "lead pastry chef", "regional catering manager", "transport manager", "parish outreach worker", "managing director", "chief executive", "chief operating officer", "company secretary",
    "general manager", "deputy general manager", "plant manager", "operations director", "sales director", "HR director", "HR business partner", "IT director", "head chef", "executive chef", "head gardener", "head housekeeper", "head porter", "head receptionist", "headteacher", "head teacher", "deputy head", "assistant head",
    "school business manager", "site matron", "lead pharmacist", "medical director", "clinical director", "director of nursing", "chief nurse", "registered manager", "practice manager", "practice principal", "managing partner", "senior partner", "quality lead", "safeguarding lead", "volunteer coordinator", "union convenor",
    "depot controller", "fleet engineer", "harbour master", "station master", "chief engineer", "chief steward", "ship's cook", "second engineer", "works convenor", "factory chaplain", "hospital chaplain", "company nurse", "company doctor", "CEO", "CFO", "COO", "CTO", "MD", "vice principal", "vice chancellor", "pro-vice-chancellor", "bursar", "registrar", "provost", "matron",
    "clerk of works", "monitoring officer", "town clerk", "chief constable", "fire marshal coordinator", "duty terminal manager", "regional director", "branch secretary", "curator of primates", "stage manager", "musical director", "wardrobe mistress", "production manager", "night editor", "picture editor",
    "bakery technologist", "master brewer", "head brewer", "head distiller", "herd manager", "farm manager", "estate manager", "head keeper", "head groundsman", "course manager", "club secretary", "salon director", "spa manager", "nursery manager", "nursery owner", "home manager", "deputy home manager",
]  # fmt: skip
SKILLED = """
sonographer radiographer physiotherapist pharmacist optometrist audiologist dietitian midwife paramedic phlebotomist embalmer welder electrician fitter signwriter upholsterer glazier locksmith translator interpreter librarian archivist chaplain
counsellor psychologist statistician actuary toxicologist botanist geologist hydrologist seamstress pattern-cutter farrier saddler cooper brewer distiller cheesemaker butcher fishmonger baker florist gardener arborist lifeguard crane-driver
diver pilot navigator dispatcher toolmaker blacksmith thatcher stonemason potter glassblower luthier conservator taxidermist projectionist typesetter bookbinder lab-technician weighbridge-operator boiler-engineer signer dentist hygienist orthodontist podiatrist
""".split()
SKILLED = [word.replace("-", " ") for word in SKILLED] + ["speech therapist", "play therapist", "art therapist", "BSL interpreter", "SEN coordinator", "first aider", "night porter", "forklift instructor", "crane driver", "fire warden", "Welsh speaker", "resettlement worker", "staff counsellor"]
FIELDS_OF_WORK = """
finance transport catering logistics warehouse facilities maintenance marketing communications engineering procurement compliance quality safety training recruitment payroll legal security estates housekeeping nursing pharmacy radiology theatre
outpatient maternity paediatric stroke dementia oncology pathology infection-control patient-flow discharge safeguarding curriculum science maths English sixth-form pastoral admissions exams alumni fundraising events exhibitions collections
conservation education outreach parish youth community housing planning highways parks waste recycling licensing elections benefits customer-services customer-retention digital data product platform software network infrastructure cyber-security
research innovation sustainability environment energy water fleet depot yard bakery butchery produce dairy fish-counter night-replenishment stock-control returns despatch goods-in production packaging process paint-shop press-shop tool-room print
design merchandising visual-merchandising e-commerce wholesale export claims underwriting complaints audit risk treasury credit-control fraud lettings property acquisitions diversity wellbeing people-and-culture people employee-relations stakeholder
media press brand content sales account key-accounts field-sales service workshop parts body-shop aftersales ramp cabin-crew baggage cargo ground station signalling track rolling-stock ferry dock port crane marine lifeboat
""".split()
FIELDS_OF_WORK = [word.replace("-", " ") for word in FIELDS_OF_WORK]
ROLE_ENDS = "director manager coordinator officer lead controller secretary supervisor inspector adviser chief administrator planner technologist engineer specialist consultant partner buyer trainer auditor superintendent nurse technician chef worker analyst executive principal registrar convenor matron governor foreman trustee".split()
# Titles of one word that few hold, and that take a word or two before them.
LONE_TITLES = """
flyman veterinarian vet conservator clerk judge housekeeper auctioneer bosun purser skipper steward navigator quartermaster storekeeper gamekeeper groundsman greenkeeper verger sexton organist choirmaster verderer bailiff usher coroner
magistrate notary surveyor architect planner cartographer draughtsman toolmaker pattern-maker millwright boilermaker cooper saddler farrier miller maltster blender taster perfumer florist sommelier barista-trainer patissier saucier butcher
fishmonger cheesemonger baker confectioner chocolatier dresser wigmaker milliner choreographer conductor repetiteur prompter announcer newsreader columnist cartoonist subeditor typesetter proofreader indexer cataloguer curator registrar keeper
ranger warden forester ecologist agronomist stockman shepherd cowman beekeeper hatchery-manager zookeeper falconer embalmer mortician perfusionist orthoptist prosthetist haematologist histologist virologist immunologist anaesthetist
radiographer sonographer audiologist optician dispenser hygienist orthodontist sister matron almoner chaplain imam rabbi welfare-officer ombudsman mediator adjudicator actuary underwriter loss-adjuster bursar provost proctor beadle marshal
convenor whip agent liaison attache consul interpreter translator stenographer
""".split()
ROLE_STARTS = ["deputy", "assistant", "regional", "lead", "senior", "chief", "head", "interim", "acting", "group", "national", "area", "divisional", "executive", "night", "associate", "principal", "vice", "junior", "only", "trainee"]
HOSTS = ["gmail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "proton.me", "live.co.uk", "aol.com", "btinternet.com", "mailhaven.net", "quickboxpost.org", "postbridge.net", "pinevalehospital.org", "carewellpost.com"]
STREETS = "Road Street Lane Avenue Close Drive Way Crescent Terrace Place Parade Mews Row Court Gardens Square Hill Grove Park Walk Rise View Rd St Ave Green".split()
HANDLE_WORDS = """
scrubs snacks porter diaries truth night shift owl barista baker mop bucket forklift queen king rat fox tea coffee toast crumbs gossip files whispers depot yard docks nurse chef kitchen knives rota rants official real mad wild tiny big salty spicy happy grumpy
lazy sunny stormy lucky silent loud purple neon vintage retro cosmic pixel turbo mega staff room voice watch talk leaks stories secrets gamer rider walker runner lifter boxer singer drummer fisher angler hiker biker pinevale stagline kestrel
""".split()
