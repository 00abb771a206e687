"""QR codes for paper."""


def qr_code(text: str) -> str:
    """An SVG element, black on nothing, with the margin that readers need. Error correction M: paper gets stains."""
    import segno

    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
