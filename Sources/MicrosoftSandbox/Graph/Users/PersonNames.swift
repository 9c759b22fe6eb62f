/// Invented people's names, by script, with their Latin spelling for addresses.
struct PersonNames: Sendable {
    typealias Name = (written: String, latin: String)

    let given: [Name]
    let family: [Name]
    var familyComesFirst = false

    func displayName(_ given: Name, _ family: Name) -> String {
        familyComesFirst ? "\(family.written)\(given.written)" : "\(given.written) \(family.written)"
    }

    /// The names that are usual in a country.
    static func usual(in country: Country) -> PersonNames {
        switch country {
        case .US, .CA, .GB: english
        case .IE: irish
        case .DE: german
        case .FR: french
        case .PL: polish
        case .GR: greek
        case .JP: japanese
        case .KR: korean
        case .AE: arabic
        case .IL: hebrew
        }
    }

    static let all = [
        english, irish, german, french, polish, greek, japanese, korean, arabic, hebrew, cyrillic, devanagari, thai,
    ]

    private static func plain(_ names: String) -> [Name] {
        names.split(separator: " ").map { (String($0), $0.lowercased()) }
    }

    private static func spelt(_ names: String) -> [Name] {
        names.split(separator: " ").map { pair in
            let parts = pair.split(separator: "=")
            return (String(parts[0]), String(parts[parts.count - 1]).lowercased())
        }
    }

    static let english = PersonNames(
        given: plain(
            "Ana Bo Carla Dev Ellis Fran Gus Hana Ivo June Kit Lena Milo Nora Omar Pia Quinn Rosa Seth Tess Uma Vic "
                + "Wren Yara Zane Abel Beth Cole Dora Enzo"),
        family: plain(
            "Alder Brook Carver Dunn Easton Fielding Garner Hale Ingram Jarvis Kemp Lowell Marsh Norris Oakley Penn "
                + "Quill Ridley Sutton Thorne Underhill Vance Webb Yarrow Zeller Ashby Birch Croft"))
    static let irish = PersonNames(
        given: spelt(
            "Aoife=aoife Séamus=seamus Niamh=niamh Cian=cian Róisín=roisin Oisín=oisin Máire=maire Fionn=fionn"),
        family: spelt("O’Dowd=odowd Ní-Bhriain=nibhriain Kearney=kearney Ó-Sé=ose MacCabe=maccabe Tierney=tierney"))
    static let german = PersonNames(
        given: spelt("Jürgen=juergen Käthe=kaethe Sören=soeren Grete=grete Björn=bjoern Anke=anke Uwe=uwe Lotte=lotte"),
        family: spelt(
            "Größe=groesse Müller-Lüdenscheidt=mueller-luedenscheidt Weiß=weiss Kühn=kuehn Vogt=vogt Schön=schoen"))
    static let french = PersonNames(
        given: spelt("Zoé=zoe Hélène=helene Aïda=aida Noël=noel Maël=mael Chloé=chloe Rémi=remi Anaïs=anais"),
        family: spelt("Lefèvre=lefevre d’Aubigné=daubigne Œuvrard=oeuvrard Garçon=garcon Bélanger=belanger Roux=roux"))
    static let polish = PersonNames(
        given: spelt("Łukasz=lukasz Żaneta=zaneta Michał=michal Grażyna=grazyna Świętopełk=swietopelk Ola=ola"),
        family: spelt("Brzęczyszczykiewicz=brzeczyszczykiewicz Wójcik=wojcik Kąkol=kakol Źrebak=zrebak Dąb=dab"))
    static let greek = PersonNames(
        given: spelt("Ελένη=eleni Νίκος=nikos Σοφία=sofia Γιώργος=giorgos Ζωή=zoi Πέτρος=petros"),
        family: spelt("Αμυγδαλιάς=amygdalias Κέδρος=kedros Θάλασσα=thalassa Ψαράς=psaras Ξένος=xenos"))
    static let japanese = PersonNames(
        given: spelt("花子=hanako 太郎=taro さくら=sakura 健=ken 美咲=misaki 翔=sho"),
        family: spelt("青葉=aoba 山猫=yamaneko 髙橋=takahashi 渡邉=watanabe 森=mori 𠮷田=yoshida"), familyComesFirst: true)
    static let korean = PersonNames(
        given: spelt("민준=minjun 서연=seoyeon 지후=jihu 하은=haeun 도윤=doyun"),
        family: spelt("김=kim 이=lee 박=park 최=choi 남궁=namgung"), familyComesFirst: true)
    static let arabic = PersonNames(
        given: spelt("ليلى=layla أحمد=ahmad نور=nour يوسف=yousef مريم=maryam"),
        family: spelt("الواحة=alwaha النخيل=alnakhil البحري=albahri القمر=alqamar"))
    static let hebrew = PersonNames(
        given: spelt("נועה=noa דוד=david שירה=shira איתן=eitan תמר=tamar"),
        family: spelt("גשר=gesher אלון=alon כרמלי=carmeli שקד=shaked"))
    static let cyrillic = PersonNames(
        given: spelt("Јована=jovana Олексій=oleksii Дарина=daryna Ђорђе=djordje"),
        family: spelt("Љубичић=ljubicic Їжаченко=yizhachenko Калина=kalyna Џамбас=dzambas"))
    static let devanagari = PersonNames(
        given: spelt("नील=neel अनन्या=ananya राहुल=rahul कमला=kamala"),
        family: spelt("कमल=kamal शर्मा=sharma ज्ञानी=gyani क्षेत्री=kshetri"))
    static let thai = PersonNames(
        given: spelt("สมชาย=somchai ดอกบัว=dokbua น้ำฝน=namfon กิตติ=kitti"),
        family: spelt("ใจดี=jaidee รุ่งเรือง=rungrueang แสงทอง=saengthong"))
}
