"""Invented people, and where they live and work; `spoken` values are in words."""

import re

from training.draws import Draws, census, towns, words


class People(Draws):
    """Draws names, places, employers, teams and job titles."""

    def _given(self, spoken: bool) -> str:  # noqa: FBT001, PLR0911
        roll = self.rng.random()
        if roll < 0.52:
            return self._pick(words("given"))
        if roll < 0.62:
            return self._pick(census("male.first")[:300] + census("female.first")[:500])
        if roll < 0.72:
            return self._pick(census("male.first") + census("female.first"))
        if roll < 0.82:
            return self._of("WORD_NAMES")
        if roll < 0.86:
            return self._of("DOUBLE_NAMES")
        if roll < 0.96:
            return self._invented()
        return self._pick(words("surname"))

    def _invented(self) -> str:
        """A name that is in no list: most of the world's names are not."""
        syllables = ["".join(self._of("SYLLABLES")) for _ in range(self.rng.choice((2, 2, 3, 3)))]
        return "".join(syllables).capitalize()

    def _surname(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.4:
            name = self._pick(words("surname"))
        elif roll < 0.75:
            name = self._pick(census("all.last")[:3000])
        elif roll < 0.88:
            name = self._pick(census("all.last")[:40000])
        elif roll < 0.95:
            name = self._invented() + self._of("SURNAME_ENDS")
        else:
            name = self._of("WORD_SURNAMES")
        if self.chance(0.06):
            name += "-" + self._pick(words("surname"))
        elif self.chance(0.04):
            name = self._of("PARTICLES") + " " + name
        return name

    def _person(self, spoken: bool) -> str:  # noqa: FBT001, PLR0911
        roll = self.rng.random()
        if roll < 0.62:
            return self._given(spoken)
        if roll < 0.88:
            return f"{self._given(spoken)} {self._surname(spoken)}"
        if roll < 0.91:
            return self._surname(spoken)
        if roll < 0.95:
            return self._byname(spoken)
        if roll < 0.97:
            return f"{self._given(spoken)} {self._pick(list('ABCDEFGHJKLMNOPRSTW'))}" + self._pick(
                [".", ""]
            )
        if roll < 0.985:
            initial = self._pick("ABCDEFGHJKLMNOPRSTW") + self._pick([".", ". ", " "])
            return initial + self._surname(spoken)
        return f"{self._given(spoken)} {self._given(spoken)} {self._surname(spoken)}"

    def _byname(self, spoken: bool) -> str:  # noqa: FBT001
        if self.chance(0.5):
            return f"{self._of('BYNAME_STARTS')} {self._given(spoken)}"
        name = self._pick(words("given"))[:4].rstrip("aeiou")
        return name.capitalize() + self._of("BYNAME_ENDS")

    def _word_name(self, spoken: bool) -> str:  # noqa: FBT001
        return self._of("WORD_NAMES")

    def _spelled(self, spoken: bool) -> str:  # noqa: FBT001
        name = self._pick(words("given") if self.chance(0.7) else words("surname"))
        letters = [c for c in name.upper() if c.isalpha()]
        return self._pick([" ", "-", ", ", " ", "."]).join(letters)

    def _town(self, spoken: bool) -> str:  # noqa: FBT001
        return self._pick(towns())

    def _room(self, spoken: bool) -> str:  # noqa: FBT001
        kind = self._of("ROOMS")
        if self.chance(0.15):
            return f"{self._of('HOUSE_NAMES')} {kind}"
        value = self.rng.choice((self.rng.randint(1, 9), self.rng.randint(1, 30)))
        number = self._number_words(value) if spoken else str(value)
        roll = self.rng.random()
        if roll < 0.12:
            number = self._pick(list("ABCDEFG"))
        elif roll < 0.26:
            number = f"{self._pick(list('ABCDE'))}{' ' if spoken else ''}{number}"
        elif roll < 0.34:
            number = f"{number}{' ' if spoken else ''}{self._pick(list('ABC'))}"
        if self.chance(0.3):
            kind = kind.lower()
        return f"{kind} {number}"

    def _house(self, spoken: bool) -> str:  # noqa: FBT001
        name = self._of("HOUSE_NAMES") if self.chance(0.7) else self._surname(spoken)
        return f"{name} {self._of('HOUSES')}"

    def _organisation(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.3:
            return self._pick(words("org"))
        if roll < 0.62:
            name = self._of("FIRM_NAMES") if self.chance(0.6) else self._surname(spoken)
            return f"{name} {self._of('FIRM_ENDS')}" + (" Ltd" if self.chance(0.06) else "")
        if roll < 0.78:
            return (
                self._of("FIRM_NAMES")
                if self.chance(0.4)
                else self._invented()
                + self._pick(("", "", "ex", "co", "tec", "corp", "line", "serve", "works", "flow"))
            )
        if roll < 0.84:
            second = self._pick(["Sons", "Co", self._surname(spoken), self._surname(spoken)])
            return f"{self._surname(spoken)} {self._pick(['and', '&', '+'])} {second}"
        if roll < 0.94:
            return f"{self._of('HOUSE_NAMES')} {self._of('SCHOOLS')}"
        return "".join(
            self._pick(list("ABCDEGHJKLMNPRSTVW")) for _ in range(self.rng.choice((2, 3, 3, 4)))
        )

    def _team(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.55:
            name = self._of("TEAM_NAMES")
            end = self._of("TEAM_ENDS")
            if self.chance(0.25):
                name, end = name.lower(), end.lower()
            return f"{name} {end}"
        if roll < 0.7:
            start = self._pick(("Project", "Team", "Operation", "project", "team", "Programme"))
            return f"{start} {self._of('TEAM_NAMES')}"
        if roll < 0.82:
            name = self._of("TEAM_NAMES") if self.chance(0.9) else self._pick("ABCD")
            return f"{name} {self._pick(('shift', 'crew', 'watch', 'team', 'squad'))}"
        team = self._of("PLAIN_TEAMS")
        return team if self.chance(0.6) else team.title()

    def _role(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.2:
            return self._of("ROLES")
        if roll < 0.3:
            return f"only {self._of('SKILLED')}"
        if roll < 0.4:
            return f"head of {self._of('FIELDS_OF_WORK')}"
        if roll < 0.52:
            return f"{self._of('LONE_STARTS')} {self._of('LONE_TITLES').replace('-', ' ')}"
        field = self._of("FIELDS_OF_WORK")
        if self.chance(0.12):
            field = f"{field} and {self._of('FIELDS_OF_WORK')}"
        elif self.chance(0.15):
            field = f"{field} {self._of('FIELDS_OF_WORK')}"
        title = f"{field} {self._of('ROLE_ENDS')}"
        if self.chance(0.25):
            title = f"{self._of('ROLE_STARTS')} {title}"
        return title.title() if self.chance(0.08) else title

    def _plain(self, name: str) -> str:
        return re.sub(r"[^a-z]", "", name.lower()) or "sam"
