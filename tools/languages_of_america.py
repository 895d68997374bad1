"""Languages of the Americas that CLDR does not name in Spanish: ISO 639-3 code, Spanish, English.

Codes and English names are those of ISO 639-3 (SIL International, registration authority), checked
against its table of living languages. Spanish names are those in use in the countries; unverified.
Of a language with many variants the list has those most spoken, so that the right interpreter is asked
for: speakers of one variety of Mam, Mixtec or Zapotec may not follow another.
"""

from __future__ import annotations

LANGUAGES = """
acr Achí | Achi
acu Achuar | Achuar-Shiwiar
agr Awajún | Aguaruna
agu Awakateko | Aguacateco
amc Amahuaca | Amahuaca
ame Yánesha | Yanesha'
amu Amuzgo de Guerrero | Guerrero Amuzgo
aoc Pemón | Pemon
ake Akawaio | Akawaio
arh Arhuaco | Arhuaco
arl Arabela | Arabela
ayc Aimara del sur | Southern Aymara
ayr Aimara central | Central Aymara
azg Amuzgo de San Pedro Amuzgos | San Pedro Amuzgos Amuzgo
azz Náhuatl de la Sierra Norte de Puebla | Highland Puebla Nahuatl
boa Bora | Bora
brn Boruca | Boruca
bzd Bribri | Bribri
bzk Criollo inglés de Nicaragua | Nicaragua Creole English
cab Garífuna | Garifuna
cac Chuj | Chuj
cak Kaqchikel | Kaqchikel
cas Tsimané | Tsimané
cav Cavineña | Cavineña
cbu Candoshi | Candoshi-Shapra
chf Chontal de Tabasco | Tabasco Chontal
cjo Ashéninka del Gran Pajonal | Ashéninka Pajonal
cjp Cabécar | Cabécar
cmi Emberá chamí | Emberá-Chamí
cni Asháninka | Asháninka
cot Caquinte | Caquinte
crn Cora | El Nayar Cora
crt Chorote | Iyojwa'ja Chorote
cto Emberá katío | Emberá-Catío
ctu Chol | Chol
cub Cubeo | Cubeo
cui Cuiba | Cuiba
cuk Guna (kuna) | San Blas Kuna
cya Chatino de Nopala | Nopala Chatino
czn Chatino de Zenzontepec | Zenzontepec Chatino
des Desano | Desano
djk Ndyuka | Eastern Maroon Creole
emp Emberá del norte | Northern Emberá
ese Ese ejja | Ese Ejja
gcf Criollo francés de Guadalupe y Martinica | Guadeloupean Creole French
gcr Criollo de la Guayana Francesa | Guianese Creole French
guc Wayuunaiki | Wayuu
gug Guaraní paraguayo | Paraguayan Guaraní
gui Guaraní boliviano oriental (chiriguano) | Eastern Bolivian Guaraní
gum Misak (guambiano) | Guambiano
gun Mbyá guaraní | Mbyá Guaraní
gut Maleku | Maléku Jaíka
guu Yanomami (yanomamö) | Yanomamö
gym Ngäbere | Ngäbere
gyr Guarayo | Guarayu
hch Wixárika (huichol) | Huichol
hto Huitoto minica | Minica Huitoto
hub Wampis | Huambisa
hus Tének (huasteco) | Huastec
huu Huitoto murui | Murui Huitoto
huv Huave (ombeayiiüts) | San Mateo Del Mar Huave
icr Criollo de San Andrés y Providencia | Islander Creole English
ign Mojeño ignaciano | Ignaciano
ixl Ixil | Ixil
jac Popti' (jakalteko) | Popti'
jam Criollo jamaiquino | Jamaican Creole English
jic Tol (tolupán) | Tol
jiv Shuar | Shuar
kbh Kamëntsá | Camsá
kek Queqchí | Kekchí
kjb Kanjobal | Q'anjob'al
knj Akateko | Western Kanjobal
kog Kogui | Cogui
kvn Guna de la frontera | Border Kuna
kwi Awá pit | Awa-Cuaiquer
lac Lacandón | Lacandon
mam Mam | Mam
maq Mazateco de Chiquihuitlán | Chiquihuitlán Mazatec
mau Mazateco de Huautla | Huautla Mazatec
maz Mazahua | Central Mazahua
mbl Maxakalí | Maxakalí
mbp Damana (wiwa) | Malayo
mca Maká | Maca
mcd Sharanahua | Sharanahua
mcf Matsés | Matsés
mfy Mayo | Mayo
mie Mixteco de Ocotepec | Ocotepec Mixtec
mig Mixteco de San Miguel el Grande | San Miguel El Grande Mixtec
miq Misquito | Mískito
mir Mixe del Istmo | Isthmus Mixe
mix Mixteco de Mixtepec | Mixtepec Mixtec
moc Mocoví | Mocoví
mop Maya mopán | Mopán Maya
mto Mixe de Totontepec | Totontepec Mixe
mtp Wichí noctén | Wichí Lhamtés Nocten
mxt Mixteco de Jamiltepec | Jamiltepec Mixtec
mxv Mixteco de Metlatónoc | Metlatónoc Mixtec
mzh Wichí güisnay | Wichí Lhamtés Güisnay
nch Náhuatl de la Huasteca central | Central Huasteca Nahuatl
ngu Náhuatl de Guerrero | Guerrero Nahuatl
nhe Náhuatl de la Huasteca oriental | Eastern Huasteca Nahuatl
nhn Náhuatl central | Central Nahuatl
nhw Náhuatl de la Huasteca occidental | Western Huasteca Nahuatl
nhx Náhuatl de Mecayapan | Isthmus-Mecayapan Nahuatl
noa Wounaan (woun meu) | Woun Meu
ote Otomí (hñähñu) del Mezquital | Mezquital Otomi
otq Otomí de Querétaro | Querétaro Otomi
ots Otomí del Estado de México | Estado de México Otomi
pay Pech | Pech
pbb Nasa yuwe (páez) | Páez
pei Chichimeca jonaz | Chichimeca-Jonaz
pib Yine | Yine
plg Pilagá | Pilagá
poc Poqomam | Poqomam
poh Poqomchi' | Poqomchi'
ppl Náhuat (pipil) | Pipil
prq Ashéninka del Perené | Ashéninka Perené
pys Lengua de señas paraguaya | Paraguayan Sign Language
qug Kichwa de Chimborazo | Chimborazo Highland Quichua
quh Quechua de Bolivia del sur | South Bolivian Quechua
qul Quechua de Bolivia del norte | North Bolivian Quechua
qus Quichua santiagueño | Santiago del Estero Quichua
quv Sakapulteko | Sacapulteco
quy Quechua de Ayacucho | Ayacucho Quechua
quz Quechua de Cusco | Cusco Quechua
qvc Quechua de Cajamarca | Cajamarca Quechua
qvi Kichwa de Imbabura | Imbabura Highland Quichua
qvw Quechua wanka | Huaylla Wanca Quechua
qwh Quechua de Huaylas, Áncash | Huaylas Ancash Quechua
qxn Quechua de Conchucos, Áncash | Northern Conchucos Ancash Quechua
sab Buglere | Buglere
shp Shipibo-konibo | Shipibo-Conibo
sja Epena (eperara siapidara) | Epena
srm Saramacano | Saramaccan
tar Rarámuri (tarahumara) | Central Tarahumara
tca Ticuna | Ticuna
tfr Teribe (naso, brörán) | Teribe
tku Totonaco del río Necaxa | Upper Necaxa Totonac
tna Tacana | Tacana
tob Qom (toba) | Toba
toj Tojolabal | Tojolabal
top Totonaco de Papantla | Papantla Totonac
tos Totonaco de la Sierra | Highland Totonac
trc Triqui de Copala | Copala Triqui
trn Mojeño trinitario | Trinitario
trs Triqui de Chicahuaxtla | Chicahuaxtla Triqui
tsz Purépecha | Purepecha
ttc Tektiteko | Tektiteko
tuf U'wa (tunebo) | Central Tunebo
tzh Tseltal | Tzeltal
tzj Tz'utujil | Tz'utujil
tzo Tsotsil | Tzotzil
ulw Ulwa | Ulwa
ure Uru | Uru
usp Uspanteko | Uspanteco
wap Wapishana | Wapishana
wlv Wichí vejoz | Wichí Lhamtés Vejoz
xav Xavante | Xavánte
yad Yagua | Yagua
yan Mayangna | Mayangna
yaq Yaqui | Yaqui
yua Maya yucateco | Yucateco
yuq Yuqui | Yuqui
zai Zapoteco del Istmo | Isthmus Zapotec
zaw Zapoteco de Mitla | Mitla Zapotec
zoc Zoque de Copainalá | Copainalá Zoque
zpu Zapoteco de Yalálag | Yalálag Zapotec
aed Lengua de señas argentina | Argentine Sign Language
ase Lengua de señas americana | American Sign Language
bvl Lengua de señas boliviana | Bolivian Sign Language
csg Lengua de señas chilena | Chilean Sign Language
csn Lengua de señas colombiana | Colombian Sign Language
csr Lengua de señas costarricense | Costa Rican Sign Language
ecs Lengua de señas ecuatoriana | Ecuadorian Sign Language
esn Lengua de señas salvadoreña | Salvadoran Sign Language
gsm Lengua de señas guatemalteca | Guatemalan Sign Language
hds Lengua de señas hondureña | Honduras Sign Language
lsp Lengua de señas panameña | Panamanian Sign Language
mfs Lengua de señas mexicana | Mexican Sign Language
ncs Lengua de señas nicaragüense | Nicaraguan Sign Language
"""


def list_local() -> list[tuple[str, str, str]]:
    """Return code, Spanish and English name of each, by code."""
    rows = []
    for line in LANGUAGES.strip().splitlines():
        code, _space, names = line.partition(" ")
        spanish, english = names.split(" | ")
        rows.append((code, spanish, english))
    return sorted(rows)
