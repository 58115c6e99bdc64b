"""Makes `Fjord-Regular.otf`, a face with CFF outlines, from Inter.

It is cut to the letters of the tests and renamed; neither has a reserved name. It stays under the
SIL Open Font License 1.1 (templates/default/fonts/OFL-Inter.txt).

    pip install fonttools
    python3 tests/fonts/make.py
"""

from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

root = Path(__file__).resolve().parents[2]
letters = "ABCDEFGHIJKLMNOPRSTUVWYZÆØÅabcdefghijklmnopqrstuvwxyzæøå0123456789 .,:;-–()«»/·\u00a0"

options = subset.Options(layout_features=["kern"], name_IDs=[1, 2, 6, 13, 14], notdef_outline=True)
font = TTFont(root / "templates/default/fonts/Inter-Regular.ttf", recalcTimestamp=False)
cutter = subset.Subsetter(options)
cutter.populate(text=letters)
cutter.subset(font)

glyphs, charstrings = font.getGlyphSet(), {}
for name in font.getGlyphOrder():
    pen = T2CharStringPen(font["hmtx"][name][0], glyphs)
    glyphs[name].draw(Qu2CuPen(pen, max_err=0.5, all_cubic=True))
    charstrings[name] = pen.getCharString()
for record in font["name"].names:
    record.string = record.toUnicode().replace("Inter", "Fjord")
builder = FontBuilder(font=font)
for table in ["glyf", "loca"]:
    del font[table]
builder.isTTF = False
font.sfntVersion = "OTTO"
builder.setupCFF("Fjord-Regular", {"FullName": "Fjord Regular"}, charstrings, {})
font["maxp"].tableVersion = 0x00005000
font.save(root / "tests/fonts/Fjord-Regular.otf")
