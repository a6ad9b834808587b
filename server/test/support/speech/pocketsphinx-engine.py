#!/usr/bin/python3
"""A speech engine for SPEECH_ENGINE=command: Debian's PocketSphinx with a small grammar (JSGF).

Usage: pocketsphinx-engine.py GRAMMAR. Hears US English, and only what the grammar allows.
"""
import json
import os
import re
import sys

from pocketsphinx import Decoder

RATE = 16000
MODEL = "/usr/share/pocketsphinx/model/en-us/"


def say(**line):
    print(json.dumps(line), flush=True)


def words(decoder):
    for seg in decoder.seg():
        if not re.match(r"[<\[+]", seg.word):
            text = re.sub(r"\(\d+\)$", "", seg.word)
            start, end = seg.start_frame / 100, (seg.end_frame + 1) / 100
            yield {"text": text, "start": start, "end": end}


config = Decoder.default_config()
config.set_string("-hmm", MODEL + "en-us")
config.set_string("-dict", MODEL + "cmudict-en-us.dict")
config.set_string("-jsgf", sys.argv[1])
config.set_string("-logfn", "/dev/null")
decoder = Decoder(config)

heard, was_speech, last, sound = 0, False, None, b"-"
decoder.start_utt()
while sound:
    sound = sys.stdin.buffer.read(RATE // 10 * 2)
    decoder.process_raw(sound, False, False)
    heard += len(sound) / 2 / RATE
    is_speech = decoder.get_in_speech()
    if was_speech and not (is_speech and sound):
        decoder.end_utt()
        said = list(words(decoder)) if decoder.hyp() else []
        if said:
            text = " ".join(word["text"] for word in said)
            say(final=text, start=said[0]["start"], end=said[-1]["end"], words=said)
        decoder.start_utt()
    elif is_speech and decoder.hyp() and decoder.hyp().hypstr != last:
        last = decoder.hyp().hypstr
        say(partial=last, start=next((word["start"] for word in words(decoder)), heard))
    elif not is_speech and not was_speech:
        # Speech is noticed a little late.
        say(progress=round(max(0, heard - 1), 2))
    was_speech = is_speech

# On its way out the library writes words of its own to the standard output.
os._exit(0)
