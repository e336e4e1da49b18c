"""The gallery shows pictures that exist, small ones, and all of them."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from tests.gallery import FOLDER, LARGEST, PICTURES

PAGE = Path(__file__).resolve().parents[1] / "docs/gallery.md"


def test_the_gallery_shows_every_picture_and_says_what_is_on_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = {name: alt for alt, name in re.findall(r"!\[([^\]]+)\]\(gallery/([\w-]+)\.png\)", text)}
    named |= dict(re.findall(r'<img src="gallery/([\w-]+)\.png" alt="([^"]+)"', text))
    assert set(named) == set(PICTURES) == {path.stem for path in FOLDER.glob("*.png")}
    assert all(len(alt) > 10 for alt in named.values())


def test_pictures_are_small_and_no_larger_than_a_page() -> None:
    for path in FOLDER.glob("*.png"):
        assert path.stat().st_size <= LARGEST, path.name
        with Image.open(path) as picture:
            assert max(picture.size) <= 2000, path.name
