"""A body's blocks to HTML, for one page."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from coursepack.model.document import (
    Blank,
    Block,
    Blocks,
    FileLink,
    Html,
    Image,
    Media,
    PageLink,
    Quiz,
    QuizSet,
    TitleOf,
)
from coursepack.model.quiz import QuizData, QuizSetData
from coursepack.recipes.pictures import picture
from coursepack.recipes.players import player
from coursepack.recipes.printing import Printing, finished
from coursepack.recipes.quiz_data import question_data, set_data
from coursepack.recipes.quizzes import blank, quiz, total
from coursepack.tools.templates import direction

_IDS = re.compile(r'\sid="[^"]*"')


class Body:
    """Prints the blocks of one page; counts its images, of which the first is loaded at once."""

    def __init__(self, printing: Printing) -> None:
        self.printing = printing
        self.media_kinds: set[str] = set()
        self.medias: list[Media] = []
        self.quizzes: list[QuizData] = []
        self.quiz_sets: list[QuizSetData] = []
        self._images = 0
        self._in_link = False

    def html(self, blocks: Blocks) -> Markup:
        """The HTML of `blocks`."""
        return finished("".join(self._pieces(blocks)))

    def html_again(self, blocks: Blocks) -> Markup:
        """The same for a second place in the page: without ids, which must be unique."""
        return finished(_IDS.sub("", self.html(blocks)))

    def _pieces(self, blocks: Blocks) -> Iterable[str]:
        for block in blocks:
            if isinstance(block, Html):
                self._in_link = _ends_in_link(block.text, self._in_link)
                yield block.text
            else:
                yield _PRINTERS[type(block)](self, block)

    def _page_link(self, link: PageLink) -> str:
        page = self.printing.page
        target = page.links.get(link.path) if link.path else page.url
        # An unknown page is an error that was reported; its link stays on this page rather than lead nowhere.
        return str(escape(self.printing.href(target, link.fragment) if target else "#"))

    def _title_of(self, title: TitleOf) -> str:
        return str(escape(self.printing.page.link_titles.get(title.path, title.path)))

    def _file_link(self, link: FileLink) -> str:
        # A file may be shown elsewhere in the page and offered for download here.
        for role in ("file", "image", "audio", "video"):
            built = self.printing.assets.built(role, link.path)
            if built and built.artefact.files:
                return str(escape(self.printing.href(built.url(built.artefact.files[0].name), link.fragment)))
        url = self.printing.page.links.get(link.path)
        return str(escape(self.printing.href(url, link.fragment))) if url else "#"

    def _image(self, image: Image) -> str:
        built = self.printing.assets.built("image", image.path)
        if built is None:
            return self.printing.missing("This image is missing", image.alt or "")
        self._images += 1
        return picture(self.printing, image, built, lazy=self._images > 1, linked=self._in_link)

    def _media(self, media: Media) -> str:
        self.media_kinds.add(media.kind)
        self.medias.append(media)
        html = player(self.printing, media, self.html)
        if not self.printing.page.text_language:
            return html
        # In a text that is not translated its controls still speak the reader's language.
        language = self.printing.site.language
        return f'<div lang="{escape(language)}" dir="{direction(language)}">{html}</div>'

    def _quiz(self, question: Quiz) -> str:
        seed = f"{self.printing.page.lesson}/{question.id}"
        data = question_data(question, seed, self.html_again)
        self.quizzes.append(data)
        return quiz(self.printing.of_text, question, data, self.html, self.html_again)

    def _quiz_set(self, one: QuizSet) -> str:
        self.quiz_sets.append(set_data(one))
        return total(self.printing.of_text, one)

    def _blank(self, gap: Blank) -> str:
        return blank(self.printing.of_text, gap)


def _ends_in_link(html: str, began_in_link: bool) -> bool:
    opened, closed = html.rfind("<a "), html.rfind("</a>")
    return began_in_link if opened == closed == -1 else opened > closed


_PRINTERS: dict[type[Block], Callable[[Body, Any], str]] = {
    PageLink: Body._page_link,
    TitleOf: Body._title_of,
    FileLink: Body._file_link,
    Image: Body._image,
    Media: Body._media,
    Quiz: Body._quiz,
    Blank: Body._blank,
    QuizSet: Body._quiz_set,
}
