/// The words that lists of stolen passwords are made of, most of all where they are long: what a guesser tries first, alone,
/// doubled, and with digits and signs behind.
enum CommonPasswords {
    static let words: [[Character]] = text.split(whereSeparator: \.isWhitespace).map { Array($0) }

    private static let text = """
        password passwort passwords passw0rd pass word pwd passcode passphrase passkey secret secrets secure security
        geheim kennwort motdepasse contrasena contraseña senha wachtwoord parola haslo heslo
        admin administrator root user guest test tester testing testuser demo default changeme change temp temporary
        letmein welcome willkommen bienvenue bienvenido hello hallo hola bonjour login logon signin access enter open
        sesame master super superuser system server network computer internet windows office outlook azure
        google facebook linkedin twitter youtube instagram apple samsung android iphone amazon netflix spotify
        gatehouse portal partner broker cloud practice company business work office365 sales support service helpdesk
        iloveyou iloveu loveyou loveme love lovely lover baby babygirl babyboy honey sweetheart darling angel angels
        princess prince queen king sunshine moonlight star stars starlight rainbow butterfly flower flowers rose sweet
        cookie chocolate candy sugar cherry apple banana orange lemon strawberry pumpkin pepper ginger peanut coffee
        monkey dragon tiger lion eagle falcon hawk wolf panther bear bulldog dog cat puppy kitty kitten horse dolphin
        shadow phoenix spider snoopy mickey minnie donald pokemon pikachu naruto batman superman spiderman ironman
        starwars skywalker jedi yoda matrix terminator merlin gandalf hobbit wizard potter harry hermione hogwarts
        football soccer fussball baseball basketball hockey tennis golf cricket rugby swimming running fishing hunting
        liverpool chelsea arsenal manchester united everton barcelona realmadrid madrid juventus milan bayern munich
        dortmund schalke celtic rangers yankees cowboys steelers packers lakers redsox eagles raiders giants broncos
        mustang ferrari porsche mercedes corvette camaro chevy chevrolet toyota honda nissan yamaha harley ducati
        summer winter spring autumn fall sommer herbst fruehling verano january february march april june july august
        september october november december monday tuesday wednesday thursday friday saturday sunday weekend holiday
        christmas birthday happy lucky money dollar freedom liberty forever always never nothing whatever trustno1 trust
        believe heaven jesus jesuschrist christ church blessed blessing faith grace
        michael jennifer jessica ashley daniel matthew andrew joshua christopher christian anthony william robert thomas
        charlie george david james john jordan hunter thunder robbie michelle nicole amanda samantha elizabeth
        stephanie victoria alexander alexandra maximilian benjamin jonathan nicholas patrick brandon austin justin
        charlotte isabella sophie sabrina natalie melissa vanessa patricia katherine maria anna peter martin stefan
        andreas thorsten sebastian florian julia laura sandra claudia monika carlos alejandro fernando eduardo
        london paris berlin hamburg vienna wien zurich newyork chicago boston dallas houston texas california florida
        america american england germany deutschland france australia canada scotland ireland italia espana brasil
        metallica nirvana slipknot greenday linkinpark eminem beatles elvis madonna ledzeppelin pinkfloyd blink182
        minecraft fortnite roblox warcraft starcraft counterstrike playstation nintendo xbox zelda mario diablo
        killer hacker ninja samurai warrior soldier sniper gangster pirate viking knight legend champion winner number
        one two three four five six seven eight nine zero hundred thousand million first second
        blue red green black white yellow purple silver gold golden diamond crystal platinum
        abc123 a1b2c3 aa123456 qwe123 asd123 zxc123 qweasd qweasdzxc asdasd zxcasd poiuy lkjhg mnbvc 1234qwer q1w2e3
        correcthorsebatterystaple onceuponatime maytheforcebewithyou whatthefuck fuckyou
        fuckme fuckoff asshole bitch bullshit motherfucker iamtheone ihateyou thisismypassword mypassword mypass my this
        is your the and for you not dontknow idontknow noidea nopassword newpassword oldpassword letmeinnow opensesame
        computer1 internet1 jordan23 charlie1 michael1 ncc1701 thx1138 bond007 agent007 rush2112 69camaro mustang1
        unknown undefined null example sample private public personal family mother father mommy daddy brother sister
        friend friends bestfriend boyfriend girlfriend together marriage wedding
        """
}
