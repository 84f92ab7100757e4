"""Every process that the data shows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodwill.desk.processes.map import draw
from goodwill.desk.reading import book


def processes(request: HttpRequest) -> HttpResponse:
    """Show each process as a map and as tables."""
    seen = [(each, draw(each)) for each in book().processes()]
    return render(request, "processes/processes.html", {"seen": seen, "here": "processes"})
