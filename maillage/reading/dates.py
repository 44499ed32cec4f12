"""When an activity takes place: the day nearest to its words; its year by the text, the edition or the publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.reading.days import Day, days_in
from maillage.reading.grammar import Mark
from maillage.reading.mentions import Mention
from maillage.reading.sentences import Sentence
from maillage.reading.vocabulary import words

MOST_AHEAD = 3  # years after the publication, beyond which a year is a horizon and no date


@dataclass(frozen=True)
class Period:
    """`start`, `end`: as precise as told, "" where nothing says it; `because`: where the year comes from."""

    start: str = ""
    end: str = ""
    because: str = ""


class Calendar:
    """The years that a text gives to the days that leave out theirs."""

    def __init__(self, text: str, published: str) -> None:
        self.published = published
        self._edition = {day.year for day in days_in(text) if day.day and day.month and day.year}
        self._text = text

    def period(self, mention: Mention) -> Period:
        latest = int(self.published[:4] or 9999) + MOST_AHEAD
        days = [day for day in days_in(self._text[mention.start : mention.end]) if day.month or day.year]
        days = [day for day in days if (day.year or 0) <= latest]
        if not days:
            return Period()
        said = {self._date(day, mention) for day in days}
        dates = sorted(one for one, _ in said if one)
        if not dates:
            return Period(because="year-unknown")
        return Period(dates[0], dates[-1], next(iter({why for _, why in said})))

    def _date(self, day: Day, mention: Mention) -> tuple[str, str]:
        year, why = (day.year, "year-in-text") if day.year else self._year(day, mention)
        if not year:
            return "", why
        parts = [f"{year:04}", *(f"{part:02}" for part in (day.month, day.day) if part)]
        if day.day and day.month and not _exists(year, day.month, day.day):
            return "", "no-such-day"
        return "-".join(parts), why

    def _year(self, day: Day, mention: Mention) -> tuple[int, str]:
        """The year of the one edition that the text dates, else that which brings it nearest to the publication."""
        after = self._text[mention.end : mention.end + 12].lower()
        side = next((name for name in ("past", "coming") if any(word in after for word in words("dates")[name])), "")
        if len(self._edition) == 1 and not side and (year := next(iter(self._edition))):
            return year, "year-of-edition"
        month = day.month
        if len(self.published) < 10 or not month:
            return 0, "year-unknown"
        issued = date.fromisoformat(self.published[:10])
        around = (issued.year - 1, issued.year, issued.year + 1)
        years = [year for year in around if _exists(year, month, day.day or 1)]
        if side == "past":
            years = [year for year in years if date(year, month, day.day or 1) <= issued]
        if side == "coming":
            years = [year for year in years if date(year, month, day.day or 28) >= issued]
        best = min(years, key=lambda year: abs((date(year, month, day.day or 15) - issued).days), default=0)
        return best, "year-of-publication"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def day_of(sentence: Sentence, activity: Mention) -> Mention | None:
    """The day that a sentence gives to an activity: the nearest one that no other activity is nearer to."""
    days = [one for one in sentence.at.values() if one.mark == Mark.DATE]
    others = [one for one in sentence.at.values() if one.mark == Mark.ACTIVITY]
    near = [day for day in days if _nearest(day, others) is activity]
    return min(near, key=lambda day: _distance(day, activity), default=None)


def _nearest(day: Mention, activities: Sequence[Mention]) -> Mention:
    return min(activities, key=lambda one: (_distance(day, one), one.start))


def _distance(day: Mention, activity: Mention) -> int:
    """Between the ends that face each other; a day before an activity is a little farther than one behind it."""
    return day.start - activity.end if day.start >= activity.end else activity.start - day.end + 20
