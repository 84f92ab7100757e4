"""Importing on pages: upload, look, correct, take, mend what was refused, refresh.

The desk only receives bytes and writes down what is wanted; a process of its own does the work
and writes down how far it is. Both meet in the job's folder ``<book>/uploads/<job>/``, so that
either may be killed and the next finishes.
"""

from __future__ import annotations
