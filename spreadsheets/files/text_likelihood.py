"""How likely a text is, by the characters that people use in each script.

All likelihoods are logarithms: those of the characters of a text are added up.
"""

import re
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from . import common_characters

# How much likelier an encoding must be than the next one.
CLEARLY = 3
# Of any character in ASCII.
ENGLISH = log(1 / 40)
# A word that files like ours are full of.
KNOWN_WORD = 3
# Chinese in the middle of an English word is another script that was read wrongly.
WITHIN_WORD = log(0.03)
# So are several foreign letters in a row, or one that belongs to no word.
SECOND_LETTER = log(0.02)
LETTER_ALONE = log(0.02)
SIGN_WITHIN_WORD = log(0.02)
WITHIN_LATIN = ("’", "·")
# The most frequent characters of a script make up so much of a text. The first one is
# a few hundredths of it, the thousandth less than one of ten thousand.
COMMON = 0.85
FIRST_RANK = 15

JAPANESE = re.compile("[ぁ-ヿ]")
HIGH_CHARACTERS = re.compile(r"[^\x00-\x7f]+")
PUNCTUATION = dict.fromkeys(
    "，。、（）！？：；「」『』《》〈〉【】〔〕“”‘’…—～·・　％＋－／＊＆＃＄＝"
    "℃※★☆●○◎◆◇■□△▲▽▼→←↑↓①②③④⑤×÷°±" + "".join(map(chr, range(ord("０"), ord("ｚ") + 1))),
    log(0.03 / 100),
)
LATIN = {
    character: log(share)
    for characters, share in (
        ("é", 0.2),
        ("èàüöäñçêóíáã", 0.035),
        ("ôâîïëùûæøåßúõÉÜÖÄœÅ", 0.008),
        ("’“”‘–—€°…®™·", 0.012),
        ("ÀÈÊÇÑÓÁÍØÆŒÚÂÎÔòìý½¼©£«»×", 0.002),
    )
    for character in characters
}
# In Hong Kong people write as they speak.
CANTONESE = dict.fromkeys(
    "嘅咗喺啲嚟畀冇嗰唔佢哋咁乜嘢攞俾搵揾啱睇哂晒埗邨涌氹鰂栢", log(0.02 / 30)
)
KANA = {
    **{chr(code): log(0.35 / 83) for code in range(0x3041, 0x3094)},
    **{chr(code): log(0.25 / 87) for code in (*range(0x30A1, 0x30F7), 0x30FC)},
}


class Level(NamedTuple):
    """Codes that have characters of about the same likelihood.

    :param first: least first byte; ``last`` is the greatest one
    :param least: least second byte, or 0 where there may be none
    """

    first: int
    last: int
    least: int
    likelihood: float

    def holds(self, code):
        second = code[1] if len(code) > 1 else 0
        return self.first <= code[0] <= self.last and second >= self.least


@dataclass
class Script:
    """A script, and how it is encoded.

    :param codecs: names of Python's codecs; the next one counts where one fails
    :param common: ``{character: likelihood}``
    :param levels: list of :class:`Level` of the other characters
    :param rare: likelihood of all that are left
    :param prior: how likely it is before anything was read
    :param margin: how much likelier it must be than any other script
    """

    name: str
    codecs: tuple
    common: dict
    rare: float
    levels: tuple = ()
    words: tuple = ()
    prior: float = 0
    margin: float = CLEARLY

    def decode(self, content):
        """Return ``(text, codec)``, or None where this is no text in this script."""
        for codec in self.codecs:
            try:
                return content.decode(codec), codec
            except UnicodeDecodeError:
                continue
        return None

    def rate(self, sample, codec):
        """Return how likely it is that a sample is a text in this script."""
        # It may end in the middle of a character.
        text = sample.decode(codec, "ignore")
        total = self.prior + KNOWN_WORD * sum(word in text for word in self.words)
        high = 0
        for match in HIGH_CHARACTERS.finditer(text):
            high += len(match[0])
            total += sum(self._rate_character(one, codec) for one in match[0])
            total += self._rate_place(match)
        return total + (len(text) - high) * ENGLISH

    def _rate_character(self, character, codec):
        if character in self.common:
            return self.common[character]
        code = character.encode(codec)
        levels = (level.likelihood for level in self.levels if level.holds(code))
        return next(levels, self.rare)

    def _rate_place(self, match):
        before, after = get_neighbours(match)
        return WITHIN_WORD * (before.islower() + after.islower())


class Big5Script(Script):
    """Chinese as Windows writes it, or with what Hong Kong added."""

    def decode(self, content):
        found = super().decode(content)
        if found and JAPANESE.search(found[0]):
            # Python's own table has Japanese where nobody writes it.
            codec = self.codecs[-1]
            return content.decode(codec, "replace"), codec
        return found


class LatinScript(Script):
    """Letters with accents, which stand by themselves among those of ASCII."""

    def _rate_place(self, match):
        letters = sum(map(str.isalpha, match[0]))
        words = sum(map(str.isalpha, get_neighbours(match)))
        total = SECOND_LETTER * max(letters - 1, 0)
        if letters and not words:
            total += LETTER_ALONE
        if words == 2 and not letters and match[0] not in WITHIN_LATIN:
            total += SIGN_WITHIN_WORD
        return total


def get_neighbours(match):
    """Return the characters before and behind what was found, or empty texts."""
    start, end = match.span()
    return match.string[max(start - 1, 0) : start], match.string[end : end + 1]


def rank(characters, share=1):
    """Return ``{character: likelihood}`` of characters, the most frequent one first.

    :param share: what part of a text is not written in other characters
    """
    weights = [1 / (number + FIRST_RANK) for number in range(len(characters))]
    scale = share * COMMON / sum(weights)
    pairs = zip(characters, weights, strict=True)
    return {**PUNCTUATION, **{one: log(scale * weight) for one, weight in pairs}}


SCRIPTS = (
    Big5Script(
        "Big5",
        codecs=("cp950", "big5hkscs"),
        common={**CANTONESE, **rank(common_characters.TRADITIONAL_CHINESE)},
        levels=(Level(0xA4, 0xC6, 0x40, log(0.08 / 4600)),),
        rare=log(0.002 / 8000),
        words=common_characters.TRADITIONAL_CHINESE_WORDS,
        prior=2.5,
        # Who doubts in Taiwan takes it to be this one, and is told so.
        margin=1,
    ),
    Script(
        "GB18030",
        codecs=("gb18030",),
        common=rank(common_characters.SIMPLIFIED_CHINESE),
        levels=(
            Level(0xB0, 0xD7, 0xA1, log(0.08 / 3000)),
            Level(0xD8, 0xF7, 0xA1, log(0.01 / 3000)),
        ),
        rare=log(0.0005 / 12000),
        words=common_characters.SIMPLIFIED_CHINESE_WORDS,
        prior=1.5,
    ),
    Script(
        "Shift-JIS",
        codecs=("cp932",),
        common={**rank(common_characters.KANJI, share=0.4), **KANA},
        levels=(
            Level(0x88, 0x97, 0x40, log(0.04 / 2500)),
            # Half as wide, as tills write them.
            Level(0xA1, 0xDF, 0, log(0.0005 / 63)),
        ),
        rare=log(0.001 / 3400),
        words=common_characters.JAPANESE_WORDS,
    ),
    Script(
        "EUC-JP",
        codecs=("euc_jp",),
        common={**rank(common_characters.KANJI, share=0.4), **KANA},
        levels=(Level(0xB0, 0xCF, 0xA1, log(0.04 / 2500)),),
        rare=log(0.0005 / 6000),
        words=common_characters.JAPANESE_WORDS,
        prior=-2,
    ),
    Script(
        "EUC-KR",
        codecs=("cp949",),
        common=rank(common_characters.HANGUL),
        levels=(
            Level(0xB0, 0xC8, 0xA1, log(0.1 / 2350)),
            Level(0xCA, 0xFD, 0xA1, log(0.002 / 4900)),
        ),
        rare=log(0.0005 / 8800),
        words=common_characters.KOREAN_WORDS,
        prior=-1,
    ),
    LatinScript("Windows-1252", codecs=("cp1252",), common=LATIN, rare=log(0.00001)),
)
