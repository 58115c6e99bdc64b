#!/usr/bin/env bash
# Regenerates the faces in this folder from the static TrueType files of Literata and Inter
# (npm packages @expo-google-fonts/literata and @expo-google-fonts/inter, SIL OFL 1.1).
# They are cut to Latin with the Sámi letters, punctuation, currency, arrows and common signs;
# hinting is dropped, since PDF viewers do not use it. Neither family has a reserved font name.
#
#   npm install @expo-google-fonts/literata@0.4 @expo-google-fonts/inter@0.4
#   pip install fonttools
#   ./subset.sh node_modules/@expo-google-fonts
set -euo pipefail
from=$1
here=$(cd "$(dirname "$0")" && pwd)
chars='U+0020-007E,U+00A0-024F,U+02BB-02BC,U+02C6-02C7,U+02D8-02DD,U+0300-0304,U+0306-030C,U+0327-0328,U+1E80-1E85,U+1E9E,U+2000-200B,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+2060,U+2070,U+2074-2079,U+2080-2089,U+20AC,U+2116,U+2122,U+2190-2199,U+21D2,U+2212,U+2215,U+2219,U+221A,U+221E,U+2248,U+2260,U+2264-2265,U+25A0-25A1,U+25AA-25AB,U+25B2,U+25B6,U+25BC,U+25C6,U+25CB,U+25CF,U+25E6,U+2610-2611,U+2713,U+2717,U+FB01-FB02'
for face in 400Regular:Regular 400Regular_Italic:Italic 600SemiBold:SemiBold 600SemiBold_Italic:SemiBoldItalic; do
  for family in Literata Inter; do
    name=${face%%:*}
    pyftsubset "$from/${family,,}/$name/${family}_$name.ttf" --unicodes="$chars" \
      --layout-features=kern,liga,ccmp,locl,mark,mkmk,tnum,lnum,onum,pnum,sups,subs,case,zero,smcp,c2sc \
      --no-hinting --name-IDs='0,1,2,3,4,5,6,13,14,16,17' --notdef-outline --output-file="$here/$family-${face##*:}.ttf"
  done
done
