"""Pages without their style sheet: they do the same, and building one takes a fifth of the time.

A module that asks what a page does, and never how wide, high or coloured it is, is marked ``bare``. That nothing is
cut or wider than its window is asked in full dress, of every page, by ``tests/ui/test_every_eye.py`` and others.
"""


def undress(request, monkeypatch):
    """Let themes keep fonts and palette but write no style sheet, if the test that asks is marked ``bare``."""
    if request.node.get_closest_marker("bare") is not None:
        monkeypatch.setattr("liaison.ui.qss.style_sheet", lambda _theme: "")
