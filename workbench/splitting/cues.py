"""The words that attribute: verbs, nouns and adverbs, by what they express.

The lists were put together from the verb classes of English grammars (verbs of communication,
cognition, volition, judgement), not counted from anybody's data.
"""

from workbench.splitting.wordlists import words

SPEECH = words(
    """
    accept acknowledge add admit advise affirm agree allege announce answer argue articulate ask
    assert assure attest aver avow beg blog boast brag broadcast caution chant charge chime cite
    claim clarify comment complain concede conclude confess confide confirm contend continue
    convey counter cry deadpan declare decree demand deny denounce detail disagree disclose
    discuss divulge echo elaborate emphasise emphasize enthuse exclaim explain expound express
    fume gripe groan grumble guarantee gush hint highlight implore imply indicate inform inquire
    insinuate insist instruct intone interject joke lament lecture lie maintain mention mumble
    murmur muse mutter note notify object observe opine order plead pledge point posit post
    preach predict proclaim profess promise pronounce protest purport query question quip rail
    read reaffirm reason reassure rebut recall recite recollect recommend recount refute
    reiterate rejoin relate relay remark remind repeat reply report respond restate retort
    reveal say scoff scream shout shriek signal sing snap sneer speculate state stipulate stress
    bellow blurt crow exhort gloat growl hiss holler marvel philosophize pontificate postulate
    quote rave roar snarl theorize wisecrack
    submit suggest summarise summarize swear tease tell testify text thunder tout tweet
    underline underscore update urge utter vent voice volunteer vouch vow wail warn whine
    whisper write yell forecast project retweet brief decry
    """
)
BELIEF = words(
    """
    anticipate appreciate assume bet believe calculate care conceive consider contemplate
    convince decide deem determine discover doubt dream envision envisage estimate expect fear
    feel figure find forget foresee forgive gather guess hear hold hope imagine infer intuit
    judge know learn notice perceive picture ponder presume pretend rate realise realize reckon
    recognise recognize regard remember resolve rule see sense suppose surmise suspect think
    trust understand value view visualise visualize wager wish wonder worry concur
    """
)
EVIDENCE = words(
    """
    demonstrate document establish find illustrate indicate prove reflect reveal show suggest
    """
)
INTENTION = words(
    """
    agree aim ask aspire beg consent decide decline demand elect expect hesitate hope intend
    long offer opt pause plan pledge plot prefer prepare proceed promise propose refuse request
    resolve seek strive swear threaten undertake volunteer vow want wish would_like yearn loath
    dare refrain
    """
)
DIRECTIVE = words(
    """
    advise ask beg challenge command convince counsel direct encourage enjoin exhort expect
    implore instruct invite persuade petition plead press pressure push recommend request summon
    tell urge want warn
    """
)
STUDIES = words(
    """
    analysis audit census data document email estimate evidence exam figure filing finding
    investigation number poll polling record report research result return review statistic
    study survey tally test video
    """
)
SURVEYS = words("poll survey census")
STANCE = words(
    """
    abhor acknowledge admire admonish advocate announce applaud appreciate approve assail attack
    bash bemoan berate blame blast castigate censure champion chastise chide cite commend
    condemn confirm congratulate criticise criticize decry defend demand denigrate denounce deny
    deplore deride describe despise detail disavow discuss dislike dismiss disparage dispute
    doubt downplay dread echo emphasise emphasize endorse envision excoriate express favor
    favour fault fear flaunt guarantee hail hate highlight honor honour ignore insult lambast
    lambaste laud like lament loathe love lampoon malign mention minimise minimize mock mourn
    note object oppose outline pan pitch praise predict prefer prioritise prioritize promise
    promote propose protest question rebuff rebuke rebut refuse refute regret reiterate reject
    relish repeat reprimand repudiate request resent respect reveal ridicule salute savage scold
    scorn shun skewer slam slight snub stress suggest support suspect tease thank threaten tout
    trash trust underscore unveil urge value vilify voice want warn welcome wish pledge
    recommend announce recall foresee anticipate forecast endorse divulge declare reaffirm
    signal concede admit report disclose explain articulate recount state relate narrate clarify
    convey
    """
)
CALLING = words(
    """
    brand call characterise characterize consider declare deem describe dub label name portray
    proclaim regard see term view depict denounce dismiss hail cast refer paint accuse blame
    tout praise herald list identify know recognize recognise remember diagnose
    """
)
OBLIQUE = {
    "call": ("for", "on", "upon"),
    "ask": ("for", "about"),
    "complain": ("about", "of"),
    "warn": ("of", "about", "against"),
    "talk": ("about", "of"),
    "speak": ("about", "of", "against"),
    "refer": ("to",),
    "point": ("to",),
    "object": ("to",),
    "push": ("for",),
    "vote": ("for", "against"),
    "hope": ("for",),
    "plead": ("for",),
    "wish": ("for",),
    "worry": ("about",),
    "care": ("about",),
    "think": ("of", "about"),
    "respond": ("to",),
    "reply": ("to",),
    "react": ("to",),
    "agree": ("with", "on", "to"),
    "disagree": ("with",),
    "insist": ("on",),
    "believe": ("in",),
    "comment": ("on",),
    "elaborate": ("on",),
    "hint": ("at",),
    "allude": ("to",),
    "apologize": ("for",),
    "apologise": ("for",),
    "boast": ("about", "of"),
    "brag": ("about", "of"),
    "joke": ("about",),
    "lie": ("about",),
    "know": ("about", "of"),
    "learn": ("about", "of"),
    "hear": ("about", "of"),
    "advocate": ("for",),
    "campaign": ("for", "against"),
    "protest": ("against",),
    "testify": ("about", "against"),
    "rail": ("against",),
    "dream": ("of",),
    "approve": ("of",),
    "disapprove": ("of",),
    "sympathize": ("with",),
    "root": ("for",),
    "opt": ("for",),
    "press": ("for",),
    "vouch": ("for",),
    "agonize": ("over", "about"),
    "appeal": ("for", "to"),
    "argue": ("for", "against", "about", "over"),
    "balk": ("at",),
    "bristle": ("at",),
    "chafe": ("at",),
    "clamor": ("for",),
    "crow": ("about", "over"),
    "debate": ("about", "over"),
    "dwell": ("on",),
    "expand": ("on",),
    "expound": ("on",),
    "fret": ("about", "over"),
    "fume": ("about", "over", "at"),
    "fight": ("for", "against"),
    "gloat": ("about", "over"),
    "gripe": ("about",),
    "gush": ("about", "over"),
    "inquire": ("about", "into"),
    "inveigh": ("against",),
    "lash": ("at", "out"),
    "laugh": ("at", "about", "off"),
    "lobby": ("for", "against"),
    "long": ("for",),
    "marvel": ("at", "over"),
    "muse": ("about", "on"),
    "opine": ("on", "about"),
    "pray": ("for",),
    "quarrel": ("over", "about"),
    "rave": ("about",),
    "reflect": ("on",),
    "remark": ("on",),
    "scoff": ("at",),
    "side": ("with",),
    "sneer": ("at",),
    "speculate": ("about", "on", "over"),
    "stand": ("by", "against", "for"),
    "touch": ("on",),
    "weigh": ("on",),
    "wonder": ("about",),
    "yearn": ("for",),
    "zero": ("on",),
}
# words that turn an inanimate or unnamed subject into a source
SEEMING = words("appear seem")
NOUN_CUES = words(
    """
    accusation admission agreement allegation announcement argument assertion assessment
    assumption assurance belief bid boast call caution charge claim comment commitment complaint
    concern conclusion concession confidence confirmation contention conviction criticism
    decision declaration demand denial desire disclosure doubt estimate evidence expectation
    explanation fear feeling finding forecast guarantee guess hint hope idea impression
    indication insistence insinuation intention interpretation invitation judgement judgment lie
    message notion objection observation offer opinion opposition perception plan plea pledge
    position prediction preference premise presumption proclamation projection promise proof
    proposal proposition question reaction reading realisation realization recollection
    recommendation refusal remark reminder reply report resolution response revelation rumor
    rumour sense sentiment sign signal speculation statement suggestion support suspicion
    testimony theory thesis thought threat tweet understanding view vow warning willingness wish
    worry determination eagerness reluctance desire
    """
)
AFFECTING = words(
    """
    alarm amaze amuse anger annoy appall appal astonish bother commit concern convince dedicate
    delight determine disappoint disgust dismay disturb divide embarrass encourage energize enrage
    excite fascinate focus frighten frustrate horrify impress infuriate inspire insult interest
    intrigue motivate offend obsess oppose outrage perplex please puzzle rattle satisfy scare shock
    split stun surprise tempt terrify thrill torment trouble unnerve upset worry
    """
)
ADJECTIVE_CUES = words(
    """
    afraid adamant angry anxious ashamed astonished aware certain clear concerned confident
    conscious convinced curious delighted determined disappointed doubtful eager excited fearful
    glad grateful happy hopeful hesitant keen loath mindful optimistic pessimistic pleased
    positive prepared proud puzzled ready reluctant relieved sad sceptical skeptical sorry sure
    surprised thankful unaware uncertain unhappy unsure unwilling upset wary willing worried
    frustrated interested supportive critical dismissive
    ambivalent apprehensive bitter bullish candid cautious comfortable committed contemptuous cool
    dedicated defensive desperate devoted disdainful dismayed distrustful divided dubious emphatic
    enthusiastic explicit fond forthcoming furious hostile hungry impatient incredulous indifferent
    insistent intent jealous leery lukewarm mad mum mute nervous noncommittal nostalgic opposed
    outraged outspoken passionate protective receptive resentful respectful scornful serious sick
    silent split suspicious sympathetic tired troubled unapologetic uncomfortable unconvinced
    undecided uneasy unimpressed vague vocal weary bent
    """
)
NOUN_OBLIQUE = {
    "accusation": ("of", "against"),
    "allegation": ("of", "against"),
    "attack": ("on", "against"),
    "call": ("for",),
    "claim": ("of", "about"),
    "comment": ("on", "about"),
    "concern": ("about", "over"),
    "condemnation": ("of",),
    "criticism": ("of",),
    "critique": ("of",),
    "demand": ("for",),
    "denial": ("of",),
    "denunciation": ("of",),
    "description": ("of",),
    "discussion": ("of", "about"),
    "dismissal": ("of",),
    "endorsement": ("of",),
    "embrace": ("of",),
    "fear": ("of", "about"),
    "frustration": ("with", "over"),
    "hope": ("for", "of"),
    "mention": ("of",),
    "opinion": ("of", "on", "about"),
    "opposition": ("to",),
    "praise": ("for", "of"),
    "promise": ("of",),
    "question": ("about", "of"),
    "rejection": ("of",),
    "remark": ("about", "on"),
    "report": ("of",),
    "speculation": ("about",),
    "statement": ("about", "on"),
    "support": ("for", "of"),
    "threat": ("of",),
    "view": ("of", "on", "about"),
    "vision": ("of", "for"),
    "warning": ("of", "about"),
    "worry": ("about",),
    "allusion": ("to",),
    "reference": ("to",),
    "tweet": ("about",),
    "admiration": ("for",),
    "advocacy": ("for", "of"),
    "affection": ("for",),
    "ambition": ("for",),
    "anger": ("at", "over", "about"),
    "animosity": ("toward", "towards"),
    "antipathy": ("toward", "towards", "to"),
    "anxiety": ("about", "over"),
    "apology": ("for",),
    "appetite": ("for",),
    "apprehension": ("about",),
    "approval": ("of",),
    "argument": ("for", "against", "about"),
    "assessment": ("of",),
    "assault": ("on", "against"),
    "aversion": ("to",),
    "backing": ("of", "for"),
    "belief": ("in",),
    "complaint": ("about", "of", "against"),
    "confidence": ("in",),
    "contempt": ("for",),
    "defense": ("of",),
    "desire": ("for",),
    "disappointment": ("with", "in", "at", "over"),
    "disclosure": ("of",),
    "disdain": ("for",),
    "dislike": ("of",),
    "dissatisfaction": ("with",),
    "distaste": ("for",),
    "distrust": ("of",),
    "doubt": ("about", "over"),
    "enthusiasm": ("for", "about"),
    "expectation": ("of", "for"),
    "fury": ("over", "at"),
    "hatred": ("of", "for", "toward"),
    "hostility": ("to", "toward", "towards"),
    "idea": ("of", "about"),
    "indictment": ("of",),
    "interest": ("in",),
    "interpretation": ("of",),
    "jab": ("at",),
    "judgment": ("of", "on"),
    "message": ("of", "about"),
    "objection": ("to",),
    "optimism": ("about", "over"),
    "outrage": ("over", "at"),
    "perception": ("of",),
    "pessimism": ("about",),
    "plan": ("for",),
    "plea": ("for",),
    "portrayal": ("of",),
    "position": ("on",),
    "prediction": ("of", "about"),
    "preference": ("for",),
    "proposal": ("for", "on"),
    "query": ("about", "on", "over"),
    "reaction": ("to",),
    "recognition": ("of",),
    "recollection": ("of",),
    "regret": ("about", "over", "for"),
    "request": ("for",),
    "resentment": ("of", "toward", "towards"),
    "resistance": ("to",),
    "respect": ("for",),
    "skepticism": ("about", "of", "toward"),
    "stance": ("on", "against"),
    "sympathy": ("for", "with"),
    "thought": ("on", "about", "of"),
    "understanding": ("of",),
    "unease": ("about", "with", "over"),
}
# what these name is somebody's even where nobody is named: `questions about his health`
ATTITUDES = words(
    """
    admiration affection anger animosity anxiety apprehension approval aversion concern confidence
    contempt criticism desire disappointment disdain dislike dissatisfaction distaste distrust doubt
    enthusiasm expectation fear frustration fury hatred hope hostility interest objection opinion
    opposition optimism outrage perception pessimism praise preference query question regret
    resentment respect skepticism speculation support sympathy thought unease view worry
    """
)
HEDGE_ADVERBS = words("reportedly allegedly supposedly purportedly apparently ostensibly")
HEDGE_VERBS = words(
    """
    allege appear believe claim estimate expect fear guess hint hope imagine imply purport
    reckon rumor rumour seem speculate suggest suppose suspect think assume presume predict
    anticipate
    """
)
DENIAL_VERBS = words(
    """
    deny refute dispute reject rebut disavow doubt disagree dismiss contradict
    """
)
REPORTING = SPEECH | BELIEF | EVIDENCE
JUDGING = STANCE | CALLING
URGING = DIRECTIVE | INTENTION
CONSIDERING = STANCE | words("consider contemplate enjoy imagine advocate")
ATTRIBUTING = STANCE | SPEECH | CALLING | BELIEF
QUOTING = SPEECH | words(
    """
    go laugh smile sigh begin start recall conclude finish open think wonder ask remember
    believe call describe note feel chuckle nod agree offer press put
    """
)
