"""What the sheets of `composed.py` say: names, plain words and hosts, by language.

Names that need signs beyond a to z stand among those that do not, as they do in a break room.
"""

GIVEN = {
    "en": (
        "Laura Thomas Agnieszka Mehmet Sophie Lukas Ingrid Pedro Fatima Bronagh Kevin Anneliese"
        " Marek Carmen Yusuf Helen Ottilie Tobias Zofia Rachel Diego Hannah Piotr Ayesha Martin"
        " Ruth Gareth Nadia Ursula Felipe Joanna Dennis"
    ),
    "de": (
        "Jürgen Käthe Björn Günter Sören Bärbel Jörg Änne Torsten Silke Heike Dieter Mechthild"
        " Annegret Wolfgang Ulrike"
    ),
    "es": (
        "José María Andrés Lucía Íñigo Begoña Jesús Mónica Ángel Rocío Álvaro Concepción Joaquín"
        " Ignacio Pilar Esteban"
    ),
    "fr": (
        "Hélène François Noël Jérôme Amélie Benoît Chloé Gaëlle Stéphane Aurélie Thérèse Mathilde"
        " Guillaume Delphine Étienne Françoise"
    ),
    "pl": (
        "Małgorzata Łukasz Paweł Bożena Grażyna Michał Stanisław Agnieszka Zdzisław Józef Sławomir"
        " Krzysztof Beata Wojciech Jadwiga Mirosława"
    ),
}
FAMILY = {
    "en": (
        "Okafor Schneider Kowalski Murphy Fernandez Whitfield Yilmaz Novak Hughes Ramirez Becker"
        " Lindqvist Patel Weber Sullivan Zielinska Marchetti Fraser Moreno Huber"
    ),
    "de": "Müller Schäfer Krüger Köhler Weiß Böhm Vogt Lehmann Schröder Hübner",
    "es": "García Núñez Fernández Ibáñez Peña Gómez Jiménez Castaño Ortega Vázquez",
    "fr": "Lefèvre Dubois Béranger Lemaître Gérard Rousseau Pélissier Garçon Moreau Bénard",
    "pl": "Wójcik Wiśniewska Kamińska Dąbrowski Woźniak Górska Nowak Pawłowski Jabłońska Zając",
}
PLAIN = {
    "en": (
        "coffee window please always meeting never kitchen because light people noise printer"
        " weekend enough better problem together shift water parking lunch often broken without"
        " question quiet"
    ),
    "de": (
        "Küche Fenster immer Pause zu laut Schicht müde bitte Tür Lärm Wochenende Urlaub genug"
        " Drucker Gespräch größer Wasser zusammen Überstunden Parkplatz fröhlich heiß Bürozeit"
        " niemand später"
    ),
    "es": (
        "cocina ventana siempre descanso ruido turno mañana agua gracias reunión pequeño"
        " vacaciones impresora también frío después mejor nadie difícil compañeros sueño trabajo"
        " calor silencio café luz"
    ),
    "fr": (
        "cuisine fenêtre toujours pause bruit équipe merci réunion fatigué vacances imprimante"
        " après mieux personne difficile lumière travail chaleur silence café problème ensemble"
        " être même vite déjà"
    ),
    "pl": (
        "kuchnia okno zawsze przerwa hałas zmiana proszę spotkanie zmęczony urlop drukarka później"
        " lepiej nikt światło praca cisza dziękuję problem razem godziny kawa woda ciężko również"
        " wszyscy"
    ),
}
DOMAINS = [
    "gmx.de", "web.de", "mail.com", "post.eu", "firma.com", "example.org", "mail.de", "gmx.net",
    "tele.com", "amt.de", "klinik.at", "wp.pl",
]  # fmt: skip
