"""What a cell may not hold, whatever its column: formulas, hidden signs, endless text, persons' data.

Markup and emoji are text like any other: they are kept as they are, and every page and file that we write takes
them as text.
"""

import re
import unicodedata

from maillage.errors import MaillageError, PersonalCell, Phrase, SheetError
from maillage.terms import fold

LONGEST, LONGEST_NAME = 1000, 200
TURNS = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"}  # Unicode's bidi controls
UNSEEN = {*"\u200b\u2060\ufeff\u00ad"}
EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.[\w.-]*\w", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w/.-])(?:\+33|0033|0)\s?(?:\(0\)\s?)?[1-9](?:[ .-]?\d{2}){4}(?![\w-])")
PERSONAL = re.compile(
    r"\b(e ?mails?|mails?|courriels?|adresse (mail|electronique)|tel|telephones?|phones?|mobiles?|portables?|contacts?"
    r"|prenoms?|first name|last name|surname|nom de famille|interlocuteurs?|interlocutrices?|referente?s?|responsables?"
    r"|correspondante?s?|date de naissance|personnes?|persons?)\b"
)


def refuse(text: str, longest: int = LONGEST) -> None:
    """Raises `formula-cell`, `hostile-text`, `text-too-long` or PersonalCell, without a place."""
    if text.startswith("="):
        raise SheetError("formula-cell")
    if found := fault(text):
        raise SheetError("hostile-text", what=found)
    if len(text) > longest:
        raise SheetError("text-too-long", length=len(text), most=longest)
    if EMAIL.search(text):
        raise PersonalCell(what=Phrase("person-address"))
    if PHONE.search(text):
        raise PersonalCell(what=Phrase("person-phone"))


def fault(text: str) -> Phrase | None:
    """The hidden sign that a text holds; line ends and tabs are spaces."""
    for sign in text:
        name = f"U+{ord(sign):04X}"
        if sign in TURNS:
            return Phrase("sign-turning", sign=name)
        if sign in UNSEEN:
            return Phrase("sign-unseen", sign=name)
        if unicodedata.category(sign) in ("Cc", "Cs", "Co") and sign not in "\n\r\t":
            meant = _repair_sign(sign)
            return Phrase("sign-mistaken", sign=name, meant=meant) if meant else Phrase("sign-of-command", sign=name)
    return None


def _repair_sign(sign: str) -> str:
    """What a sign of Windows-1252 was before something took it for Latin-1; nothing for another sign."""
    return sign.encode("latin-1", "ignore").decode("cp1252", "ignore") if "\x80" <= sign <= "\x9f" else ""


def personal_title(title: str) -> bool:
    """Whether the title of a column announces a person, or how to reach one."""
    return PERSONAL.search(fold(title)) is not None


def personal(text: str) -> bool:
    """Whether a text holds an e-mail address or a phone number."""
    try:
        refuse(text)
    except PersonalCell:
        return True
    except MaillageError:
        return False
    return False
