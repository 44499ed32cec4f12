"""What a notebook shows: pages and pictures that are their own bytes, so that they are written as they are."""

from base64 import b64encode
from html import escape

HEIGHT = 720  # pixels that a page takes in a notebook


class Page(bytes):
    """An autonomous HTML page. A notebook shows it in a frame that can reach neither the notebook nor the network."""

    def _repr_html_(self) -> str:
        inside = escape(self.decode("utf-8"))
        look = f'style="width:100%;height:{HEIGHT}px;border:0"'
        return f'<iframe sandbox="allow-scripts allow-popups" {look} srcdoc="{inside}"></iframe>'


class Picture(bytes):
    """A figure in one of the formats of `maillage figure`; `form` says which."""

    form: str

    def __new__(cls, body: bytes, form: str) -> "Picture":
        made = super().__new__(cls, body)
        made.form = form
        return made

    def _repr_svg_(self) -> str | None:
        return self.decode("utf-8") if self.form == "svg" else None

    def _repr_png_(self) -> str | None:
        return b64encode(self).decode("ascii") if self.form == "png" else None
