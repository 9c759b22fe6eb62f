/// Acme Cloud's 62 customers, all invented. Every third has a domain of its own; `.example` belongs to nobody (RFC
/// 2606).
enum AcmeCustomers {
    static let all = companies.enumerated().map { index, company in
        let number = index + 1
        return Customer(
            id: "cccccccc-0000-4000-8000-" + padded(number, to: 12), name: company.name, prefix: company.prefix,
            verifiedDomain: number == 1 ? "northgate.example" : number % 3 == 0 ? "\(company.prefix).example" : nil,
            country: company.country, partnerTenantID: World.acmeTenantID, number: number)
    }

    private static let companies: [(name: String, prefix: String, country: Country)] = [
        ("Northgate Bakery", "northgatebakery", .US), ("Harbor Dental", "harbordental", .US),
        ("Elm Street School", "elmstreetschool", .US), ("Kiebitz & Söhne Gartenbau", "kiebitzgartenbau", .DE),
        ("Three Kettles Tea Rooms", "threekettles", .GB), ("Boulangerie du Vieux Phare", "vieuxphare", .FR),
        ("青葉文具店", "aobabungu", .JP), ("Osprey Ridge Surveyors", "ospreyridge", .CA),
        ("Tinker & Vale Joinery", "tinkervale", .GB), ("Zahnarztpraxis Lindenhof", "praxislindenhof", .DE),
        ("Φούρνος Αμυγδαλιά", "amygdalia", .GR), ("Willowmere Veterinary", "willowmerevet", .IE),
        ("Copper Lantern Brewing", "copperlantern", .US), ("Stolarnia Dębowy Kąt", "debowykat", .PL),
        ("Marigold Physiotherapy", "marigoldphysio", .US), ("Fahrradhaus Nordlicht", "fahrradnordlicht", .DE),
        ("O'Dowd & Finch Solicitors", "odowdfinch", .IE), ("Pinecrest Home Heating", "pinecrestheating", .CA),
        ("Les Ateliers Coquelicot", "atelierscoquelicot", .FR), ("Saltmarsh Sailing Club", "saltmarshsailing", .GB),
        ("مخبز الواحة الخضراء", "wahabakery", .AE), ("Quarry Lane Nursery", "quarrylane", .GB),
        ("Bluefin Pool Supply", "bluefinpools", .US), ("Gasthof Zum Blauen Fuchs", "blauerfuchs", .DE),
        ("Thistledown Knitwear", "thistledownknit", .GB), ("Maple & Rye Catering", "maplerye", .CA),
        ("ספריית הגשר", "gesherlibrary", .IL), ("Redstart Property Care", "redstartcare", .US),
        ("Młyn Pod Topolami", "mlyntopolami", .PL), ("Foxglove Community Clinic", "foxgloveclinic", .US),
        ("Elektro Haselbach GmbH", "elektrohaselbach", .DE), ("Cobbler's Yard Repairs", "cobblersyard", .GB),
        ("Atlas Pond Aquariums", "atlaspond", .US), ("Crêperie Marée Basse", "mareebasse", .FR),
        ("한빛 사진관", "hanbitphoto", .KR), ("Windermoor Letting Agents", "windermoor", .GB),
        ("Prairie Dog Print Shop", "prairiedogprint", .US), ("Tischlerei Ahornweg", "ahornweg", .DE),
        ("Silver Birch Accountancy", "silverbirchacc", .IE), ("Moonstone Pottery", "moonstonepottery", .US),
        ("Kleine Sterne Kindertagesstätte", "kleinesterne", .DE), ("Larkspur Opticians", "larkspuroptic", .GB),
        ("Granite Bay Plumbing", "granitebayplumb", .CA), ("Ξυλουργείο Κέδρος", "xylokedros", .GR),
        ("Fern & Hollow Florists", "fernhollow", .US), ("Transports Belle Rive", "bellerive", .FR),
        ("Ravensworth Archive Trust", "ravensworth", .GB), ("Hilltop Honey Cooperative", "hilltophoney", .US),
        ("Autohaus Am Silbersee", "silbersee", .DE), ("Juniper Street Chess Club", "juniperchess", .US),
        ("山猫自転車", "yamanekocycle", .JP), ("Peregrine Roofing", "peregrineroof", .IE),
        ("Lakeside Piano Tuners", "lakesidepiano", .CA), ("Apteka Pod Jarzębiną", "jarzebina", .PL),
        ("Harvest Moon Grocers", "harvestmoongro", .US), ("Driftwood Marine Engineers", "driftwoodmarine", .GB),
        ("Buchhandlung Wortreich", "wortreich", .DE), ("Clementine Travel", "clementinetravel", .US),
        ("Bracken & Stone Masonry", "brackenstone", .GB), ("Orchard Gate Care Home", "orchardgate", .IE),
        ("Verger des Trois Collines", "troiscollines", .FR), ("Zephyr Kite Works", "zephyrkites", .US),
    ]
}
