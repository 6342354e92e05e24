"""The seven chart forms in the window: each is drawn, each says in words what it shows."""

import pytest

from liaison.reports.charts import (
    Ageing,
    AgeLine,
    Bar,
    Bars,
    Curve,
    Curves,
    Dot,
    Dots,
    Funnel,
    FunnelStep,
    Month,
    Months,
    Panel,
    Panels,
)
from liaison.ui.widgets.chart_view import ChartView, spoken

AGES = ("0–30", "31–60", "61–90", "> 90")
LINE = AgeLine(label="Ringgit", shown="1.000", parts=(400, 300, 200, 100), parts_shown=("400", "300", "200", "100"))
CHARTS = {
    "bars": Bars(bars=(Bar(label="Penang", value=40, shown="40"),), mm_per_unit=1),
    "months": Months(months=(Month(label="Jan", value=3, shown="3", previous=2),), maximum=4),
    "dots": Dots(dots=(Dot(label="Kanker", median=3, high=5, cells=("3", "5")),), ticks=(0, 5)),
    "ages": Ageing(lines=(LINE, LINE), ages=AGES),
    "ages apart": Ageing(lines=(LINE,), ages=AGES, is_apart=True),
    "funnel": Funnel(steps=(FunnelStep(label="Diminta", value=40, shown="40"),
                            FunnelStep(label="Dibayar", value=None, shown="*", share="…"))),
    "curves": Curves(curves=(Curve(label="Nusa", values=(1, 3, None, 5), shown="5", focus=True),),
                     times=("Mei", "Okt")),
    "panels": Panels(panels=(Panel(title="A", previous=(4, 3, None, 2), values=(2, 2, 1, 1),
                                   labels=("4", "2", "1"), words=("lalu", "kini")),), maximum=5, target=3),
}  # fmt: skip


@pytest.mark.parametrize("form", CHARTS)
def test_every_form_is_drawn_and_speaks(desk, qtbot, form):
    view = ChartView(desk, CHARTS[form], name="grafik")
    qtbot.addWidget(view)
    view.resize(400, view.sizeHint().height())

    drawn = view.grab().toImage()

    colours = {drawn.pixel(x, y) for x in range(0, drawn.width(), 3) for y in range(0, drawn.height(), 3)}
    assert len(colours) > 2
    assert view.accessibleDescription() == spoken(CHARTS[form]) != ""
    assert view.minimumSizeHint().height() == view.sizeHint().height()


def test_an_empty_chart_is_drawn_too(desk, qtbot):
    for chart in (Ageing(lines=(), ages=AGES), Funnel(steps=()), Curves(curves=(), times=("", ""))):
        view = ChartView(desk, chart, name="grafik")
        qtbot.addWidget(view)
        view.grab()
        assert view.accessibleDescription() == ""
